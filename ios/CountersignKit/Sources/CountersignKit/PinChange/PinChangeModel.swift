import CountersignFFI
import Observation

/// Another PIN for one account (A1).
@Observable
@MainActor
public final class PinChangeModel: FlowModel<PinChangeState> {
    /// The three entries.
    public enum Entry: Sendable, CaseIterable {
        case old
        case new
        case again
    }

    @ObservationIgnored private let make: @Sendable () throws -> any PinChangeFlowProtocol
    @ObservationIgnored private var flow: (any PinChangeFlowProtocol)?

    /// The account.
    @ObservationIgnored public let account: Account
    /// The present PIN.
    @ObservationIgnored public let old = PinPad()
    /// The new one.
    @ObservationIgnored public let new = PinPad()
    /// The new one again.
    @ObservationIgnored public let again = PinPad()

    /// Which of them is being typed.
    public private(set) var entry = Entry.old

    init(
        account: Account,
        around: Surroundings,
        make: @escaping @Sendable () throws -> any PinChangeFlowProtocol
    ) {
        self.account = account
        self.make = make
        super.init(around: around)
    }

    /// Shows where the change begins.
    @discardableResult
    public func begin() -> Task<Void, Never>? {
        call { try $0.state() }
    }

    /// The present entry is typed. The last one sends.
    @discardableResult
    public func next() -> Task<Void, Never>? {
        understood()
        switch entry {
        case .old: entry = .new
        case .new: entry = .again
        case .again: return submit()
        }
        return nil
    }

    /// To the first entry; all are wiped.
    public func startOver() {
        for pad in [old, new, again] { pad.clear() }
        entry = .old
    }

    /// Sends again at once, or settles.
    @discardableResult
    public func resend() -> Task<Void, Never>? {
        call { try $0.resend() }
    }

    override public func hidden() {
        startOver()
    }

    override public func left() {
        super.left()
        startOver()
    }

    override func follow(_ state: PinChangeState) async throws {
        switch state {
        case .unanswered(let retryIn): try await after(retryIn) { resend() }
        case .enterPins, .wrongPin, .wait, .changed, .notChanged: break
        }
    }

    private func submit() -> Task<Void, Never>? {
        steps {
            defer { self.startOver() }
            let pins = Pins(old: try self.old.taken(), new: try self.new.taken(), repeat: try self.again.taken())
            let flow = try await self.made()
            return try await self.around.offMain { try flow.submit(pins: pins) }
        }
    }

    private func call(
        _ work: @escaping @Sendable (any PinChangeFlowProtocol) throws -> PinChangeState
    ) -> Task<Void, Never>? {
        steps {
            let flow = try await self.made()
            return try await self.around.offMain { try work(flow) }
        }
    }

    /// Made off the main actor: a change before it may have to be settled with the server first.
    private func made() async throws -> any PinChangeFlowProtocol {
        if let flow { return flow }
        let new = try await around.offMain(make)
        flow = new
        return new
    }
}
