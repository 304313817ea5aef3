package eu.countersign.ui.problem

import eu.countersign.core.Defect
import eu.countersign.core.KeySetFault
import eu.countersign.core.NoticeWhy
import eu.countersign.core.PinRule
import eu.countersign.core.Problem
import eu.countersign.ui.words.Words
import eu.countersign.ui.words.beginning

/** The sentence of a problem (look.md 5). Each has its own. */
fun Words.sentence(
    of: Problem,
    server: String,
): String = beginning(plain(of, server))

private fun Words.plain(
    of: Problem,
    server: String,
): String =
    when (of) {
        is Problem.BadQr -> problem.badQr
        is Problem.UnknownService -> problem.unknownService
        is Problem.ScanRequired -> problem.scanRequired
        is Problem.EntryNotAllowed -> problem.entryNotAllowed
        is Problem.RootMismatch -> problem.rootMismatch
        is Problem.PinRejected -> sentence(of.rule)
        is Problem.PinMismatch -> problem.pinMismatch
        is Problem.PinIncomplete -> problem.pinIncomplete
        is Problem.NumberMissing -> problem.numberMissing
        is Problem.NeedsRepair -> problem.needsRepair
        is Problem.KeyStoreBusy -> problem.keyStoreBusy
        is Problem.KeyFault -> problem.keyFault
        is Problem.VaultCorrupt -> problem.vaultCorrupt
        is Problem.VaultUnavailable -> problem.vaultUnavailable
        is Problem.VaultTooNew -> problem.vaultTooNew
        is Problem.NoSuchAccount -> problem.noSuchAccount
        is Problem.Unreachable -> if (of.sent) problem.unreachableSent(server) else problem.unreachable(server)
        is Problem.UntrustedServer -> problem.untrustedServer
        is Problem.Unavailable -> problem.unavailable(server)
        is Problem.RateLimited -> problem.rateLimited
        is Problem.AppTooOld -> of.min?.let { problem.appTooOld(server, it) } ?: problem.appTooOldNoVersion(server)
        is Problem.NotRecognised -> problem.notRecognised(server)
        is Problem.Locked -> locked(of, server)
        is Problem.Revoked -> problem.revokedNoTime(server)
        is Problem.Refused -> sentence(of.code, server)
        is Problem.MessageRefused -> sentence(of.defect, server)
        is Problem.KeySetRefused -> sentence(of.fault, server)
        is Problem.ConnectFirst -> problem.connectFirst(server)
        is Problem.ChangePending -> problem.changePending(server)
        is Problem.BadCode -> problem.badCode
        is Problem.NoBiometrics -> problem.noBiometrics
        is Problem.BadFrame -> problem.badFrame
        is Problem.OutOfTurn -> problem.outOfTurn
        is Problem.Internal -> problem.internal
    }

private fun Words.locked(
    of: Problem.Locked,
    server: String,
): String = if (of.notice?.why == NoticeWhy.OPERATOR) problem.lockedOperator(server) else problem.locked(server)

/** Why a PIN was not taken. */
fun Words.sentence(of: PinRule): String =
    when (of) {
        is PinRule.NotDigits -> pinRule.notDigits
        is PinRule.TooShort -> pinRule.tooShort(of.min.toInt())
        is PinRule.TooLong -> pinRule.tooLong
        is PinRule.Repetition -> pinRule.repetition
        is PinRule.Row -> pinRule.row
        is PinRule.Date -> pinRule.date
        is PinRule.KeyLine -> pinRule.keyLine
    }

/** What was wrong with a signed message. */
fun Words.sentence(
    of: Defect,
    server: String,
): String = beginning(plain(of, server))

private fun Words.plain(
    of: Defect,
    server: String,
): String =
    when (of) {
        Defect.MALFORMED -> defect.malformed(server)
        Defect.UNKNOWN_KEY -> defect.unknownKey(server)
        Defect.BAD_SIGNATURE -> defect.badSignature(server)
        Defect.OTHER_ISSUER -> defect.otherIssuer(server)
        Defect.OTHER_PHONE -> defect.otherPhone(server)
        Defect.OTHER_FLOW -> defect.otherFlow(server)
        Defect.OTHER_MESSAGE -> defect.otherMessage(server)
        Defect.RETURN_ADDRESS -> defect.returnAddress(server)
        Defect.INCOMPLETE -> defect.incomplete(server)
    }

/** What was wrong with a key set. */
fun Words.sentence(
    of: KeySetFault,
    server: String,
): String = beginning(plain(of, server))

private fun Words.plain(
    of: KeySetFault,
    server: String,
): String =
    when (of) {
        KeySetFault.MALFORMED -> keySetFault.malformed(server)
        KeySetFault.ROOT_MISMATCH -> keySetFault.rootMismatch(server)
        KeySetFault.OTHER_ISSUER -> keySetFault.otherIssuer(server)
        KeySetFault.ROLLBACK -> keySetFault.rollback(server)
        KeySetFault.EXPIRED -> keySetFault.expired(server)
    }
