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

        static func pairing(_ state: PairingState, repeats: Bool = false) -> PairingModel {
            let model = PairingModel(flow: SamplePairing(state), around: around())
            model.begin()
            if repeats { model.repeatPin() }
            return model
        }

        static func pinChange(_ state: PinChangeState, _ entry: PinChangeModel.Entry = .old) -> PinChangeModel {
            let model = PinChangeModel(account: account, around: around()) { SamplePinChange(state) }
            model.begin()
            while model.entry != entry { model.next() }
            return model
        }

        static func scan() -> ScanModel {
            ScanModel(core: SampleCore(), around: around()) { _ in }
        }

        /// Before anybody has asked the server.
        static func claim() -> ClaimModel {
            ClaimModel(flow: SampleClaim { throw Problem.OutOfTurn }, around: around()) { _ in }
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

        static func offline(_ state: OfflineModel.State) -> OfflineModel {
            let request = OfflineRequest(
                tid: "tid",
                account: account,
                client: "Grants Portal",
                place: "Brussels, BE",
                user: "a.keller@example.eu",
                clockDiffers: true
            )
            return at(OfflineModel(flow: SampleOffline(), request: request, around: around()), state)
        }

        static func biometrics(_ state: BiometricsModel.State) -> BiometricsModel {
            at(BiometricsModel(core: SampleCore(), account: account, around: around()), state)
        }

        static func removal() -> RemovePhoneModel {
            RemovePhoneModel(core: SampleCore(), account: account, phone: phones[1], around: around())
        }

        static func unlink() -> UnlinkModel {
            UnlinkModel(core: SampleCore(), account: account, phones: 1, around: around())
        }

        static func decidedModel(_ decided: Decided) -> DecidedModel {
            DecidedModel(core: SampleCore(), decided: decided, account: account, around: around())
        }

        /// `phones`: nil if the server gives no list.
        static func accountModel(
            _ account: Account,
            _ standing: Standing = .active,
            phones: [Phone]? = phones
        ) -> AccountModel {
            let core = SampleCore(accounts: [account], standing: standing, phones: phones)
            let model = AccountModel(core: core, account: account, around: around())
            model.begin()
            return model
        }

        static func home(_ core: SampleCore) -> HomeModel {
            let model = HomeModel(core: core, around: around())
            model.begin()
            return model
        }
    }
#endif
