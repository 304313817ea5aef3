import CountersignFFI
import Observation

/// One request, from showing it to its outcome (S1 to S6, D1). It opens without a state: a person answers first.
@Observable
@MainActor
public final class RequestModel: FlowModel<SignInState> {
    @ObservationIgnored private let flow: any SignInFlowProtocol

    /// What is shown and, if the person says so, signed: read from the flow itself.
    @ObservationIgnored public let request: Request
    /// When the request was read, by `ShellClock.elapsed`.
    @ObservationIgnored public let readAt: Duration
    /// The number that the browser shows.
    @ObservationIgnored public let number = NumberField()
    /// The PIN.
    @ObservationIgnored public let pad = PinPad()

    /// Where the person is.
    public private(set) var stage: Stage
    /// Why finger or face gave no signature, the last time.
    public private(set) var biometrics: PromptAnswer?

    init(flow: any SignInFlowProtocol, request: Request, warnOfCalls: Bool, around: Surroundings) {
        self.flow = flow
        self.request = request
        readAt = around.clock.elapsed()
        stage = warnOfCalls && around.device.onCall() ? .call : .read
        super.init(around: around)
    }

    /// "No, show the request."
    public func read() {
        stage = .read
    }

    /// "Approve": the PIN comes next, or the sensor. False while digits of the number are missing.
    @discardableResult
    public func approve() -> Bool {
        let ready = !request.terms.needsNumber || number.isComplete
        if ready {
            understood()
            stage = .pin
        }
        return ready
    }

    /// Back from the PIN: an answer that waits to be sent again is not, unless it is given anew.
    public func back() {
        stopFollowing()
        pad.clear()
        stage = .read
    }

    /// The PIN is typed; the entry is empty afterwards.
    @discardableResult
    public func submit() -> Task<Void, Never>? {
        step(taking: pad) { [flow, number = numberIfNeeded] in try flow.approve(number: number, pin: $0) }
    }

    /// Asks for finger or face, by words that the screens have.
    @discardableResult
    public func askBiometrics(title: String, usePin: String) -> Task<Void, Never>? {
        steps { [flow, around, number = numberIfNeeded] in
            self.biometrics = nil
            let wanted = try await around.offMain { try flow.approveByBiometrics(number: number) }
            let answer = await around.prompt.sign(wanted, title: title, usePin: usePin)
            switch answer {
            case .signed(let signature):
                return try await around.offMain { try flow.submitSignature(signature: signature) }
            case .cancelled, .lockedOut, .invalidated, .unavailable:
                self.biometrics = answer
                return nil
            }
        }
    }

    /// Refuses: as easy as approving.
    @discardableResult
    public func deny(_ why: DenyWhy) -> Task<Void, Never>? {
        step { [flow] in try flow.deny(why: why) }
    }

    /// Sends the same answer again at once.
    @discardableResult
    public func resend() -> Task<Void, Never>? {
        step { [flow] in try flow.resend() }
    }

    override public func hidden() {
        pad.clear()
    }

    override public func left() {
        super.left()
        pad.clear()
    }

    override func follow(_ state: SignInState) async throws {
        switch state {
        case .unanswered(let retryIn, _), .wait(let retryIn, mayResend: true):
            try await after(retryIn) { resend() }
        case .wrongNumber:
            number.clear()
            back()
        case .approved, .denied, .wrongPin, .wait, .changed, .failed, .expired, .cancelled, .alreadyDecided, .unknown:
            break
        }
    }

    private var numberIfNeeded: String? { request.terms.needsNumber ? number.digits : nil }
}
