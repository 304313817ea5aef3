#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import Foundation

    extension Sample {
        /// A request that waits, or one that has come to this state.
        static func request(
            _ state: SignInState? = nil,
            _ request: Request = request(),
            pin: Bool = false,
            onCall: Bool = false
        ) -> RequestModel {
            let flow = SampleSignIn(state ?? .unknown)
            let model = RequestModel(flow: flow, request: request, warnOfCalls: onCall, around: around(onCall: onCall))
            if pin {
                for digit in [4, 8, 3, 9, 2, 0] { model.number.push(digit) }
                model.approve()
            }
            if state != nil { model.resend() }
            return model
        }

        static func pairing(_ state: PairingState) -> PairingModel {
            let model = PairingModel(flow: SamplePairing(state), around: around())
            model.begin()
            return model
        }

        static func pinChange(_ state: PinChangeState) -> PinChangeModel {
            let model = PinChangeModel(account: account, around: around()) { SamplePinChange(state) }
            model.begin()
            return model
        }

        static func claim(_ state: @escaping @Sendable () -> ClaimState) -> ClaimModel {
            let model = ClaimModel(flow: SampleClaim(state), around: around()) { _ in }
            model.begin()
            return model
        }

        static func move(_ state: MoveState) -> MoveModel {
            let model = MoveModel(flow: SampleMove(state), around: around())
            model.begin()
            return model
        }

        static func offline(_ network: OfflineState, pin: Bool = false) -> OfflineModel {
            let request = OfflineRequest(
                tid: "tid",
                account: account,
                client: "Grants Portal",
                place: "Brussels, BE",
                user: "a.keller@example.eu",
                clockDiffers: true
            )
            let model = OfflineModel(flow: SampleOffline(network), request: request, around: around())
            if pin { model.askPin() } else { model.begin() }
            return model
        }

        static func accountModel(_ account: Account, _ standing: Standing = .active) -> AccountModel {
            let core = SampleCore(accounts: [account], standing: standing)
            let model = AccountModel(core: core, account: account, around: around())
            model.refresh()
            return model
        }

        static func home(_ core: SampleCore) -> HomeModel {
            let model = HomeModel(core: core, around: around())
            model.begin()
            return model
        }
    }
#endif
