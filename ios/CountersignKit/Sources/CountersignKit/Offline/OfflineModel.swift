import CountersignFFI
import Foundation
import Observation

/// A sign-in without network (S5).
@Observable
@MainActor
public final class OfflineModel: FlowModel<OfflineModel.State> {
    /// What the screen shows.
    public enum State: Sendable, Equatable {
        /// The service and the account; whether there is a network after all.
        case read(OfflineState)
        /// The PIN is asked for.
        case pin
        /// The eight digits, and how long they are shown.
        case code(digits: String, left: TimeInterval)
        /// The digits are gone: time, or the person hid them.
        case hidden
        /// "It wasn't me" was sent.
        case reported
    }

    @ObservationIgnored private let flow: any OfflineFlowProtocol
    @ObservationIgnored private var code: (any ShownCodeProtocol)?
    @ObservationIgnored private var away = false

    /// What the code says.
    @ObservationIgnored public let request: OfflineRequest
    /// The PIN.
    @ObservationIgnored public let pad = PinPad()

    init(flow: any OfflineFlowProtocol, request: OfflineRequest, around: Surroundings) {
        self.flow = flow
        self.request = request
        super.init(around: around)
    }

    /// Looks whether there is a network.
    @discardableResult
    public func begin() -> Task<Void, Never>? {
        step { [flow] in .read(try flow.probe()) }
    }

    /// "Get the code."
    @discardableResult
    public func askPin() -> Task<Void, Never>? {
        step { .pin }
    }

    /// Back from the PIN, which is wiped.
    @discardableResult
    public func leavePin() -> Task<Void, Never>? {
        pad.clear()
        return begin()
    }

    /// The PIN is typed; the entry is empty afterwards. A code that comes when nobody looks is not shown.
    @discardableResult
    public func submit() -> Task<Void, Never>? {
        away = false
        return steps { [flow] in
            let made = try await self.taken(self.pad) { try flow.code(pin: $0) }
            self.code = made
            if self.away { try made.hide() }
            return try Self.shown(of: made)
        }
    }

    /// "It wasn't me": only with a network.
    @discardableResult
    public func report() -> Task<Void, Never>? {
        step { [flow] in
            try flow.report()
            return .reported
        }
    }

    /// Wipes the digits.
    @discardableResult
    public func hide() -> Task<Void, Never>? {
        step { [code] in
            try code?.hide()
            return .hidden
        }
    }

    override public func hidden() {
        away = true
        pad.clear()
        if code != nil { hide() }
    }

    override public func left() {
        super.left()
        away = true
        pad.clear()
        // Out of turn only while it is being hidden already.
        try? code?.hide()
    }

    override func follow(_ state: State) async throws {
        switch state {
        case .code(_, let left): try await after(left) { hide() }
        case .read, .pin, .hidden, .reported: break
        }
    }

    private static func shown(of code: any ShownCodeProtocol) throws -> State {
        guard let digits = try code.digits() else { return .hidden }
        return .code(digits: digits, left: try code.left())
    }
}
