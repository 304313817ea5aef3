import CountersignFFI
import Observation

/// The old phone's side of a move, or of bringing in one more phone (A6).
@Observable
@MainActor
public final class MoveModel: FlowModel<MoveState> {
    @ObservationIgnored private let flow: any MoveFlowProtocol

    /// The PIN.
    @ObservationIgnored public let pad = PinPad()
    /// The six digits that the new phone shows.
    @ObservationIgnored public let number = NumberField()

    /// What became of the last confirmation that did not go on.
    public private(set) var refused: MoveOutcome?
    /// Whether the PIN is typed, after the six digits.
    public private(set) var asksPin = false

    init(flow: any MoveFlowProtocol, around: Surroundings) {
        self.flow = flow
        super.init(around: around)
    }

    /// Shows where the move is.
    @discardableResult
    public func begin() -> Task<Void, Never>? {
        step { [flow] in try flow.state() }
    }

    /// The PIN is typed: the servers are asked.
    @discardableResult
    public func submit() -> Task<Void, Never>? {
        step(taking: pad) { [flow] in try flow.submit(pin: $0) }
    }

    /// Leaves out the account that is asked for or shown.
    @discardableResult
    public func skip() -> Task<Void, Never>? {
        step { [flow] in try flow.skip() }
    }

    /// The six digits are typed: the PIN comes next.
    public func askPin() {
        if number.isComplete { asksPin = true }
    }

    /// Back to the code.
    public func back() {
        asksPin = false
        pad.clear()
    }

    /// Confirms the new phone.
    @discardableResult
    public func confirm() -> Task<Void, Never>? {
        steps { [flow, code = number.digits] in
            let outcome = try await self.taken(self.pad) { try flow.confirm(code: code, pin: $0) }
            switch outcome {
            case .done(let state):
                self.refused = nil
                self.number.clear()
                self.back()
                return state
            case .wrongPin, .wait:
                self.refused = outcome
                return nil
            }
        }
    }

    override public func hidden() {
        pad.clear()
    }

    override public func left() {
        super.left()
        pad.clear()
    }
}
