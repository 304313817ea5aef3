import CountersignFFI
import CountersignWords

@testable import CountersignKit

extension Samples {
    static let problems: [Samples] = [
        Samples(
            [
                .BadQr, .UnknownService, .ScanRequired, .EntryNotAllowed, .RootMismatch, .PinRejected(rule: .row),
                .PinMismatch, .PinIncomplete, .NumberMissing, .NeedsRepair, .KeyStoreBusy, .KeyFault, .VaultCorrupt,
                .VaultUnavailable, .VaultTooNew, .NoSuchAccount, .Unreachable(sent: true), .UntrustedServer,
                .Unavailable(retryIn: 30), .RateLimited(retryIn: 30), .AppTooOld(min: nil), .NotRecognised,
                .Locked(notice: nil), .Revoked(notice: nil), .Refused(code: .malformed),
                .MessageRefused(defect: .malformed), .KeySetRefused(fault: .expired), .ConnectFirst, .ChangePending,
                .BadCode, .NoBiometrics, .BadFrame, .OutOfTurn, .Internal,
            ] as [Problem]
        ) { $0.sentence(of: $1, server: $2) },
        Samples([.notDigits, .tooShort(min: 6), .tooLong, .repetition, .row, .date, .keyLine] as [PinRule]) {
            words,
            value,
            _ in words.sentence(of: value)
        },
        Samples(
            [
                .malformed, .unknownKey, .badSignature, .otherIssuer, .otherPhone, .otherFlow, .otherMessage,
                .returnAddress, .incomplete,
            ] as [Defect]
        ) { $0.sentence(of: $1, server: $2) },
        Samples([.malformed, .rootMismatch, .otherIssuer, .rollback, .expired] as [KeySetFault]) {
            $0.sentence(of: $1, server: $2)
        },
        Samples(
            [
                .malformed, .unsupportedJose, .wrongAudience, .useNonce, .invalidDeviceSignature, .serviceUnauthorised,
                .authenticatorRevoked, .authenticatorLocked, .enrolmentPending, .entryNotAllowed, .riskRefused,
                .factorNotAllowed, .pinIncorrect, .invalidFactorSignature, .numberMismatch, .transferMismatch,
                .attestationRejected, .confirmCodeIncorrect, .proofRequired, .codeIncorrect, .methodUnavailable,
                .firstFactorRequired, .recoveryRefused, .returnRefused, .csrfRefused, .scopeMissing,
                .transactionUnknown, .enrolmentUnknown, .notFound, .transactionDecided, .transactionClaimed,
                .requestMismatch, .enrolmentClaimed, .enrolmentState, .accountExists, .evidenceInvalid, .settled,
                .transactionExpired, .transactionCancelled, .transactionFailed, .qrStale, .ticketInvalid,
                .enrolmentExpired, .enrolmentCancelled, .keyRejected, .idempotencyConflict, .appTooOld, .pinWait,
                .rateLimited, .unavailable,
            ] as [RefusalCode]
        ) { $0.sentence(of: $1, server: $2) },
    ]
}
