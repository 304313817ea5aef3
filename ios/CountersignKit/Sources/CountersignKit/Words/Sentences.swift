import CountersignFFI
import CountersignWords

/// The sentence of a problem (look.md 5). Each has its own, and a new one does not compile before it has.
extension Words {
    /// Why something did not go on; `server` is what its server is called.
    public func sentence(of problem: Problem, server: String) -> String {
        beginning(plain(problem, server))
    }

    private func plain(_ of: Problem, _ server: String) -> String {
        switch of {
        case .BadQr: problem.badQr
        case .UnknownService: problem.unknownService
        case .ScanRequired: problem.scanRequired
        case .EntryNotAllowed: problem.entryNotAllowed
        case .RootMismatch: problem.rootMismatch
        case .PinRejected(let rule): sentence(of: rule)
        case .PinMismatch: problem.pinMismatch
        case .PinIncomplete: problem.pinIncomplete
        case .NumberMissing: problem.numberMissing
        case .NeedsRepair: problem.needsRepair
        case .KeyStoreBusy: problem.keyStoreBusy
        case .KeyFault: problem.keyFault
        case .VaultCorrupt: problem.vaultCorrupt
        case .VaultUnavailable: problem.vaultUnavailable
        case .VaultTooNew: problem.vaultTooNew
        case .NoSuchAccount: problem.noSuchAccount
        case .Unreachable(sent: true): problem.unreachableSent(server: server)
        case .Unreachable(sent: false): problem.unreachable(server: server)
        case .UntrustedServer: problem.untrustedServer
        case .Unavailable: problem.unavailable(server: server)
        case .RateLimited: problem.rateLimited
        case .AppTooOld(.some(let min)): problem.appTooOld(server: server, min: min)
        case .AppTooOld(.none): problem.appTooOldNoVersion(server: server)
        case .NotRecognised: problem.notRecognised(server: server)
        case .Locked(let notice): locked(notice, server)
        case .Revoked: problem.revokedNoTime(server: server)
        case .Refused(let code): sentence(of: code, server: server)
        case .MessageRefused(let defect): sentence(of: defect, server: server)
        case .KeySetRefused(let fault): sentence(of: fault, server: server)
        case .ConnectFirst: problem.connectFirst(server: server)
        case .ChangePending: problem.changePending(server: server)
        case .BadCode: problem.badCode
        case .NoBiometrics: problem.noFaceId
        case .BadFrame: problem.badFrame
        case .OutOfTurn: problem.outOfTurn
        case .Internal: problem.`internal`
        }
    }

    private func locked(_ notice: Notice?, _ server: String) -> String {
        notice?.why == .operator ? problem.lockedOperator(server: server) : problem.locked(server: server)
    }

    /// Why a PIN was not taken.
    public func sentence(of rule: PinRule) -> String {
        switch rule {
        case .notDigits: pinRule.notDigits
        case .tooShort(let min): pinRule.tooShort(n: Int(min))
        case .tooLong: pinRule.tooLong
        case .repetition: pinRule.repetition
        case .row: pinRule.row
        case .date: pinRule.date
        case .keyLine: pinRule.keyLine
        }
    }

    /// What was wrong with a signed message.
    public func sentence(of wrong: Defect, server: String) -> String {
        let text =
            switch wrong {
            case .malformed: defect.malformed(server: server)
            case .unknownKey: defect.unknownKey(server: server)
            case .badSignature: defect.badSignature(server: server)
            case .otherIssuer: defect.otherIssuer(server: server)
            case .otherPhone: defect.otherPhone(server: server)
            case .otherFlow: defect.otherFlow(server: server)
            case .otherMessage: defect.otherMessage(server: server)
            case .returnAddress: defect.returnAddress(server: server)
            case .incomplete: defect.incomplete(server: server)
            }
        return beginning(text)
    }

    /// What was wrong with a key set.
    public func sentence(of fault: KeySetFault, server: String) -> String {
        let text =
            switch fault {
            case .malformed: keySetFault.malformed(server: server)
            case .rootMismatch: keySetFault.rootMismatch(server: server)
            case .otherIssuer: keySetFault.otherIssuer(server: server)
            case .rollback: keySetFault.rollback(server: server)
            case .expired: keySetFault.expired(server: server)
            }
        return beginning(text)
    }

    /// As it begins a sentence: the words that stand for a server without a name take a capital there, names keep theirs.
    public func beginning(_ text: String) -> String {
        text.hasPrefix(common.thisServer) ? text.prefix(1).uppercased() + text.dropFirst() : text
    }
}
