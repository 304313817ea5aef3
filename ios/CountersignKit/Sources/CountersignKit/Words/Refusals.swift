import CountersignFFI
import CountersignWords

extension Words {
    /// The sentence of each code that a server refuses with (protocol 3.0.9).
    public func sentence(of code: RefusalCode, server: String) -> String {
        beginning(plain(code, server))
    }

    private func plain(_ code: RefusalCode, _ server: String) -> String {
        switch code {
        case .malformed: refusalCode.malformed(server: server)
        case .unsupportedJose: refusalCode.unsupportedJose(server: server)
        case .wrongAudience: refusalCode.wrongAudience(server: server)
        case .useNonce: refusalCode.useNonce(server: server)
        case .invalidDeviceSignature: refusalCode.invalidDeviceSignature(server: server)
        case .serviceUnauthorised: refusalCode.serviceUnauthorised(server: server)
        case .authenticatorRevoked: refusalCode.authenticatorRevoked(server: server)
        case .authenticatorLocked: refusalCode.authenticatorLocked(server: server)
        case .enrolmentPending: refusalCode.enrolmentPending
        case .entryNotAllowed: refusalCode.entryNotAllowed
        case .riskRefused: refusalCode.riskRefused(server: server)
        case .factorNotAllowed: refusalCode.factorNotAllowed
        case .pinIncorrect: refusalCode.pinIncorrect
        case .invalidFactorSignature: refusalCode.invalidFactorSignature
        case .numberMismatch: refusalCode.numberMismatch
        case .transferMismatch: refusalCode.transferMismatch
        case .attestationRejected: refusalCode.attestationRejected(server: server)
        case .confirmCodeIncorrect: refusalCode.confirmCodeIncorrect
        case .proofRequired: refusalCode.proofRequired(server: server)
        case .codeIncorrect: refusalCode.codeIncorrect
        case .methodUnavailable: refusalCode.methodUnavailable
        case .firstFactorRequired: refusalCode.firstFactorRequired(server: server)
        case .recoveryRefused: refusalCode.recoveryRefused
        case .returnRefused: refusalCode.returnRefused
        case .csrfRefused: refusalCode.csrfRefused(server: server)
        case .scopeMissing: refusalCode.scopeMissing(server: server)
        case .transactionUnknown: refusalCode.transactionUnknown
        case .enrolmentUnknown: refusalCode.enrolmentUnknown
        case .notFound: refusalCode.notFound(server: server)
        case .transactionDecided: refusalCode.transactionDecided
        case .transactionClaimed: refusalCode.transactionClaimed
        case .requestMismatch: refusalCode.requestMismatch
        case .enrolmentClaimed: refusalCode.enrolmentClaimed
        case .enrolmentState: refusalCode.enrolmentState(server: server)
        case .accountExists: refusalCode.accountExists(server: server)
        case .evidenceInvalid: refusalCode.evidenceInvalid(server: server)
        case .settled: refusalCode.settled
        case .transactionExpired: refusalCode.transactionExpired
        case .transactionCancelled: refusalCode.transactionCancelled
        case .transactionFailed: refusalCode.transactionFailed
        case .qrStale: refusalCode.qrStale
        case .ticketInvalid: refusalCode.ticketInvalid
        case .enrolmentExpired: refusalCode.enrolmentExpired
        case .enrolmentCancelled: refusalCode.enrolmentCancelled
        case .keyRejected: refusalCode.keyRejected(server: server)
        case .idempotencyConflict: refusalCode.idempotencyConflict(server: server)
        case .appTooOld: refusalCode.appTooOld(server: server)
        case .pinWait: refusalCode.pinWait
        case .rateLimited: refusalCode.rateLimited
        case .unavailable: refusalCode.unavailable(server: server)
        }
    }
}
