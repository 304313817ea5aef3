import CountersignFFI

/// What a screen offers after a problem; its sentence is found by the problem itself.
public enum Advice: Sendable, CaseIterable {
    case scanAgain
    case openScanner
    case typeAgain
    case chooseAnotherPin
    case tryAgain
    case wait
    case connect
    case pairAgain
    case update
    case freeSpace
    case locked
    case removed
    case warn
    case getHelp
    case turnOnBiometrics
}

extension Problem {
    /// Each problem has its way on; none ends in "something went wrong".
    public var advice: Advice {
        switch self {
        case .BadQr, .UnknownService: .scanAgain
        case .ScanRequired, .EntryNotAllowed: .openScanner
        case .RootMismatch, .UntrustedServer: .warn
        case .PinRejected: .chooseAnotherPin
        case .PinMismatch, .PinIncomplete, .NumberMissing, .BadCode: .typeAgain
        case .NeedsRepair, .VaultCorrupt, .NotRecognised, .NoSuchAccount: .pairAgain
        case .KeyStoreBusy, .OutOfTurn, .BadFrame: .tryAgain
        case .VaultUnavailable: .freeSpace
        case .VaultTooNew, .AppTooOld: .update
        case .Unreachable, .ConnectFirst, .ChangePending: .connect
        case .Unavailable, .RateLimited: .wait
        case .Locked: .locked
        case .Revoked: .removed
        case .Refused, .MessageRefused, .KeySetRefused, .KeyFault, .Internal: .getHelp
        case .NoBiometrics: .turnOnBiometrics
        }
    }
}
