import CountersignFFI
import Observation

/// Finger or face beside the PIN, turned on and off (A2).
@Observable
@MainActor
public final class BiometricsModel: FlowModel<BiometricsModel.State> {
    /// What the screen shows.
    public enum State: Sendable, Equatable {
        /// The switch.
        case off(on: Bool)
        /// On its way to being on.
        case turningOn(BiometricsState)
    }

    @ObservationIgnored private let core: any AuthenticatorProtocol
    @ObservationIgnored private var flow: (any BiometricsFlowProtocol)?

    /// The account.
    @ObservationIgnored public let account: Account
    /// The PIN.
    @ObservationIgnored public let pad = PinPad()

    /// Why finger or face gave no signature, the last time.
    public private(set) var answer: PromptAnswer?

    init(core: any AuthenticatorProtocol, account: Account, around: Surroundings) {
        self.core = core
        self.account = account
        super.init(around: around)
    }

    /// Shows the switch.
    @discardableResult
    public func begin() -> Task<Void, Never>? {
        step { [account] in .off(on: account.label?.biometrics == true) }
    }

    /// The switch, to "on": the PIN comes next.
    @discardableResult
    public func turnOn() -> Task<Void, Never>? {
        steps { [core, around, id = account.id] in
            self.flow = try await around.offMain { try core.turnOnBiometrics(account: id) }
            return .turningOn(.enterPin)
        }
    }

    /// The switch, to "off".
    @discardableResult
    public func turnOff() -> Task<Void, Never>? {
        step { [core, id = account.id] in
            try core.turnOffBiometrics(account: id)
            return .off(on: false)
        }
    }

    /// The PIN is typed; finger or face comes next, by words that the screens have.
    @discardableResult
    public func submit(title: String, usePin: String) -> Task<Void, Never>? {
        steps {
            guard let flow = self.flow else { return nil }
            self.answer = nil
            let state = try await self.taken(self.pad) { try flow.submit(pin: $0) }
            guard case .needsSignature(let request) = state else { return .turningOn(state) }
            return .turningOn(try await self.sign(flow, request, title, usePin))
        }
    }

    override public func hidden() {
        pad.clear()
    }

    override public func left() {
        super.left()
        pad.clear()
    }

    private func sign(
        _ flow: any BiometricsFlowProtocol,
        _ request: SignatureRequest,
        _ title: String,
        _ usePin: String
    ) async throws -> BiometricsState {
        let answer = await around.prompt.sign(request, title: title, usePin: usePin)
        switch answer {
        case .signed(let signature):
            return try await around.offMain { try flow.submitSignature(signature: signature) }
        case .cancelled, .lockedOut, .invalidated, .unavailable:
            self.answer = answer
            try await around.offMain { try flow.cancel() }
            return .notOn
        }
    }
}
