package eu.countersign.ui.problem

import eu.countersign.core.RefusalCode
import eu.countersign.ui.words.Words
import eu.countersign.ui.words.beginning

/** The sentence of each code that a server refuses with (protocol 3.0.9). */
fun Words.sentence(
    of: RefusalCode,
    server: String,
): String = beginning(plain(of, server))

private fun Words.plain(
    of: RefusalCode,
    server: String,
): String =
    when (of) {
        RefusalCode.MALFORMED -> refusalCode.malformed(server)
        RefusalCode.UNSUPPORTED_JOSE -> refusalCode.unsupportedJose(server)
        RefusalCode.WRONG_AUDIENCE -> refusalCode.wrongAudience(server)
        RefusalCode.USE_NONCE -> refusalCode.useNonce(server)
        RefusalCode.INVALID_DEVICE_SIGNATURE -> refusalCode.invalidDeviceSignature(server)
        RefusalCode.SERVICE_UNAUTHORISED -> refusalCode.serviceUnauthorised(server)
        RefusalCode.AUTHENTICATOR_REVOKED -> refusalCode.authenticatorRevoked(server)
        RefusalCode.AUTHENTICATOR_LOCKED -> refusalCode.authenticatorLocked(server)
        RefusalCode.ENROLMENT_PENDING -> refusalCode.enrolmentPending
        RefusalCode.ENTRY_NOT_ALLOWED -> refusalCode.entryNotAllowed
        RefusalCode.RISK_REFUSED -> refusalCode.riskRefused(server)
        RefusalCode.FACTOR_NOT_ALLOWED -> refusalCode.factorNotAllowed
        RefusalCode.PIN_INCORRECT -> refusalCode.pinIncorrect
        RefusalCode.INVALID_FACTOR_SIGNATURE -> refusalCode.invalidFactorSignature
        RefusalCode.NUMBER_MISMATCH -> refusalCode.numberMismatch
        RefusalCode.TRANSFER_MISMATCH -> refusalCode.transferMismatch
        RefusalCode.ATTESTATION_REJECTED -> refusalCode.attestationRejected(server)
        RefusalCode.CONFIRM_CODE_INCORRECT -> refusalCode.confirmCodeIncorrect
        RefusalCode.PROOF_REQUIRED -> refusalCode.proofRequired(server)
        RefusalCode.CODE_INCORRECT -> refusalCode.codeIncorrect
        RefusalCode.METHOD_UNAVAILABLE -> refusalCode.methodUnavailable
        RefusalCode.FIRST_FACTOR_REQUIRED -> refusalCode.firstFactorRequired(server)
        RefusalCode.RECOVERY_REFUSED -> refusalCode.recoveryRefused
        RefusalCode.RETURN_REFUSED -> refusalCode.returnRefused
        RefusalCode.CSRF_REFUSED -> refusalCode.csrfRefused(server)
        RefusalCode.SCOPE_MISSING -> refusalCode.scopeMissing(server)
        RefusalCode.TRANSACTION_UNKNOWN -> refusalCode.transactionUnknown
        RefusalCode.ENROLMENT_UNKNOWN -> refusalCode.enrolmentUnknown
        RefusalCode.NOT_FOUND -> refusalCode.notFound(server)
        RefusalCode.TRANSACTION_DECIDED -> refusalCode.transactionDecided
        RefusalCode.TRANSACTION_CLAIMED -> refusalCode.transactionClaimed
        RefusalCode.REQUEST_MISMATCH -> refusalCode.requestMismatch
        RefusalCode.ENROLMENT_CLAIMED -> refusalCode.enrolmentClaimed
        RefusalCode.ENROLMENT_STATE -> refusalCode.enrolmentState(server)
        RefusalCode.ACCOUNT_EXISTS -> refusalCode.accountExists(server)
        RefusalCode.EVIDENCE_INVALID -> refusalCode.evidenceInvalid(server)
        RefusalCode.SETTLED -> refusalCode.settled
        RefusalCode.TRANSACTION_EXPIRED -> refusalCode.transactionExpired
        RefusalCode.TRANSACTION_CANCELLED -> refusalCode.transactionCancelled
        RefusalCode.TRANSACTION_FAILED -> refusalCode.transactionFailed
        RefusalCode.QR_STALE -> refusalCode.qrStale
        RefusalCode.TICKET_INVALID -> refusalCode.ticketInvalid
        RefusalCode.ENROLMENT_EXPIRED -> refusalCode.enrolmentExpired
        RefusalCode.ENROLMENT_CANCELLED -> refusalCode.enrolmentCancelled
        RefusalCode.KEY_REJECTED -> refusalCode.keyRejected(server)
        RefusalCode.IDEMPOTENCY_CONFLICT -> refusalCode.idempotencyConflict(server)
        RefusalCode.APP_TOO_OLD -> refusalCode.appTooOld(server)
        RefusalCode.PIN_WAIT -> refusalCode.pinWait
        RefusalCode.RATE_LIMITED -> refusalCode.rateLimited
        RefusalCode.UNAVAILABLE -> refusalCode.unavailable(server)
    }
