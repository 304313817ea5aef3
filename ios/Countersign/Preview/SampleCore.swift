#if DEBUG
    import CountersignFFI
    import Foundation

    /// A core that knows what it is given and reaches no server for anything else.
    final class SampleCore: AuthenticatorProtocol, @unchecked Sendable {
        private let known: [Account]
        private let waiting: [Request]
        private let deeds: [Decided]
        private let standing: Standing
        private let found: [Finding]
        private let outcome: Settled?
        private let silent: [Silent]
        private let list: [Phone]?

        init(
            accounts: [Account] = [],
            waiting: [Request] = [],
            decided: [Decided] = [],
            standing: Standing = .active,
            findings: [Finding] = [],
            settled: Settled? = nil,
            silent: [Silent] = [],
            phones: [Phone]? = Sample.phones
        ) {
            known = accounts
            self.waiting = waiting
            deeds = decided
            self.standing = standing
            found = findings
            outcome = settled
            self.silent = silent
            list = phones
        }

        func accounts() throws -> [Account] { known }

        func requests() throws -> Inbox { SampleInbox(waiting, silent) }

        func history() throws -> [Decided] { deeds }

        func check(account: AccountId) throws -> Standing { standing }

        func settle(account: AccountId) throws -> Settled? { outcome }

        func phones(account: AccountId) throws -> [Phone] {
            guard let list else { throw away }
            return list
        }

        func selfTest(permissions: Permissions) throws -> [Finding] { found }

        func pinPause() throws -> TimeInterval? { nil }

        func forget(account: AccountId) throws { throw away }

        func openCode(text: String, entry: Entry) throws -> Scanned { throw away }

        func openTyped(server: String, code: String) throws -> PairingFlow { throw away }

        func turnOffBiometrics(account: AccountId) throws { throw away }

        func turnOnBiometrics(account: AccountId) throws -> BiometricsFlow { throw away }

        func removePhone(account: AccountId, reference: String, pin: PinEntry) throws -> PinOutcome { throw away }

        func rename(account: AccountId, name: String) throws { throw away }

        func setPush(account: AccountId, url: String?) throws { throw away }

        func unlink(account: AccountId) throws { throw away }

        func unlinkOnlyHere(account: AccountId) throws -> Unlinked { throw away }

        func endSession(account: AccountId, tid: String) throws { throw away }

        func report(account: AccountId, tid: String) throws { throw away }

        func resolve(account: AccountId) throws { throw away }

        func bringIn(accounts: [AccountId], kind: EnrolmentKind) throws -> MoveFlow { throw away }

        func changePin(account: AccountId) throws -> PinChangeFlow { throw away }

        func changePinEverywhere(accounts: [AccountId], pins: Pins) throws -> [AccountChange] { throw away }

        private var away: Problem { .Unreachable(sent: false) }
    }

    /// Requests that wait, and none of them opens.
    final class SampleInbox: Inbox, @unchecked Sendable {
        private let waiting: [Request]
        private let quiet: [Silent]

        init(_ waiting: [Request], _ silent: [Silent]) {
            self.waiting = waiting
            quiet = silent
            super.init(noHandle: Inbox.NoHandle())
        }

        required init(unsafeFromHandle handle: UInt64) {
            waiting = []
            quiet = []
            super.init(unsafeFromHandle: handle)
        }

        override func requests() throws -> [Request] { waiting }

        override func silent() throws -> [Silent] { quiet }
    }
#endif
