#if DEBUG
    import CountersignFFI
    import Foundation

    /// A request whose every answer leads to the same state.
    final class SampleSignIn: SignInFlowProtocol {
        private let state: SignInState

        init(_ state: SignInState) {
            self.state = state
        }

        func approve(number: String?, pin: PinEntry) throws -> SignInState { state }

        func approveByBiometrics(number: String?) throws -> SignatureRequest { throw Problem.NoBiometrics }

        func deny(why: DenyWhy) throws -> SignInState { state }

        func request() throws -> Request { throw Problem.OutOfTurn }

        func resend() throws -> SignInState { state }

        func submitSignature(signature: Data) throws -> SignInState { state }
    }

    /// A pairing that stays where it is.
    final class SamplePairing: PairingFlowProtocol {
        private let here: PairingState

        init(_ state: PairingState) {
            here = state
        }

        func accept() throws -> PairingState { here }

        func choosePin(first: PinEntry, repeat: PinEntry) throws -> PairingState { here }

        func poll() throws -> PairingState { here }

        func resend() throws -> PairingState { here }

        func state() throws -> PairingState { here }
    }

    /// A change of PIN that stays where it is.
    final class SamplePinChange: PinChangeFlowProtocol {
        private let here: PinChangeState

        init(_ state: PinChangeState) {
            here = state
        }

        func account() throws -> Account { throw Problem.OutOfTurn }

        func renewKeys(pin: PinEntry) throws -> PinChangeState { here }

        func resend() throws -> PinChangeState { here }

        func state() throws -> PinChangeState { here }

        func submit(pins: Pins) throws -> PinChangeState { here }
    }

    /// A scanned sign-in that stays where it is.
    final class SampleClaim: ClaimFlowProtocol {
        private let state: @Sendable () throws -> ClaimState

        init(_ state: @escaping @Sendable () throws -> ClaimState) {
            self.state = state
        }

        func begin() throws -> ClaimState { try state() }

        func choose(account: AccountId) throws -> ClaimState { try state() }
    }

    /// A move that stays where it is.
    final class SampleMove: MoveFlowProtocol {
        private let here: MoveState

        init(_ state: MoveState) {
            here = state
        }

        func confirm(code: String, pin: PinEntry) throws -> MoveOutcome { .done(state: here) }

        func skip() throws -> MoveState { here }

        func state() throws -> MoveState { here }

        func submit(pin: PinEntry) throws -> MoveState { here }
    }

    /// A sign-in without network that does not go on.
    final class SampleOffline: OfflineFlowProtocol {
        func code(pin: PinEntry) throws -> ShownCode { throw Problem.OutOfTurn }

        func probe() throws -> OfflineState { .ready }

        func report() throws {}

        func request() throws -> OfflineRequest { throw Problem.OutOfTurn }
    }
#endif
