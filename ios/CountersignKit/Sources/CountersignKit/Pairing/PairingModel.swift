import CountersignFFI
import Observation

/// Pairing, from the scanned code or the link to the account (P1 to P3).
@Observable
@MainActor
public final class PairingModel: FlowModel<PairingState> {
    /// Seconds between two questions whether the code was typed.
    private static let poll = 2.0

    @ObservationIgnored private let flow: any PairingFlowProtocol

    /// What the server is called, once it was shown to be confirmed.
    public private(set) var server: String?
    /// Whether this phone lacks a screen lock.
    public private(set) var lacksLock = false
    /// Whether the PIN is typed for the second time.
    public private(set) var repeats = false

    /// The chosen PIN.
    @ObservationIgnored public let first = PinPad()
    /// The same again.
    @ObservationIgnored public let again = PinPad()

    init(flow: any PairingFlowProtocol, around: Surroundings) {
        self.flow = flow
        super.init(around: around)
    }

    /// Shows where the flow is: at the beginning, and after the screen was made anew.
    @discardableResult
    public func begin() -> Task<Void, Never>? {
        step { [flow] in try flow.state() }
    }

    /// "Yes", to what is asked. Without a lock of the screen no keys are made: the screen says so, and nothing is sent.
    @discardableResult
    public func accept() -> Task<Void, Never>? {
        lacksLock = !around.device.hasScreenLock()
        return lacksLock ? nil : step { [flow] in try flow.accept() }
    }

    /// The first PIN is typed.
    public func repeatPin() {
        understood()
        repeats = true
    }

    /// Back to the first PIN, which is wiped.
    public func chooseAgain() {
        first.clear()
        again.clear()
        repeats = false
    }

    /// Both are typed; both entries are empty afterwards.
    @discardableResult
    public func choosePin() -> Task<Void, Never>? {
        steps { [flow] in
            defer { self.chooseAgain() }
            let (first, again) = (try self.first.taken(), try self.again.taken())
            return try await self.around.offMain { try flow.choosePin(first: first, repeat: again) }
        }
    }

    /// Asks at once whether the code was typed.
    @discardableResult
    public func poll() -> Task<Void, Never>? {
        step { [flow] in
            do {
                return try flow.poll()
            } catch Problem.Unreachable, Problem.Unavailable {
                // The code stays on screen: it can be typed without this phone's network.
                return try flow.state()
            }
        }
    }

    /// Sends again at once.
    @discardableResult
    public func resend() -> Task<Void, Never>? {
        step { [flow] in try flow.resend() }
    }

    override public func hidden() {
        chooseAgain()
    }

    override public func left() {
        super.left()
        chooseAgain()
    }

    override func follow(_ state: PairingState) async throws {
        switch state {
        case .unanswered(let retryIn): try await after(retryIn) { resend() }
        case .typeCode: try await after(Self.poll) { poll() }
        case .confirm(let server, _, _, _): self.server = server
        case .addAgain, .choosePin, .active, .gone, .claimedByAnother: break
        }
    }
}
