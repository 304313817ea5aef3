package eu.countersign.shell.problem

import eu.countersign.core.Problem

/** What a screen offers after a problem; its sentence is found by the problem itself. */
enum class Advice {
    SCAN_AGAIN,
    OPEN_SCANNER,
    TYPE_AGAIN,
    CHOOSE_ANOTHER_PIN,
    TRY_AGAIN,
    WAIT,
    CONNECT,
    PAIR_AGAIN,
    UPDATE,
    FREE_SPACE,
    LOCKED,
    REMOVED,
    WARN,
    GET_HELP,
    TURN_ON_BIOMETRICS,
}

/** Each problem has its way on; none ends in "something went wrong". */
fun Problem.advice(): Advice =
    when (this) {
        is Problem.BadQr, is Problem.UnknownService -> Advice.SCAN_AGAIN
        is Problem.ScanRequired, is Problem.EntryNotAllowed -> Advice.OPEN_SCANNER
        is Problem.RootMismatch, is Problem.UntrustedServer -> Advice.WARN
        is Problem.PinRejected -> Advice.CHOOSE_ANOTHER_PIN
        is Problem.PinMismatch, is Problem.PinIncomplete, is Problem.NumberMissing, is Problem.BadCode ->
            Advice.TYPE_AGAIN
        is Problem.NeedsRepair, is Problem.VaultCorrupt, is Problem.NotRecognised, is Problem.NoSuchAccount ->
            Advice.PAIR_AGAIN
        is Problem.KeyStoreBusy, is Problem.OutOfTurn, is Problem.BadFrame -> Advice.TRY_AGAIN
        is Problem.VaultUnavailable -> Advice.FREE_SPACE
        is Problem.VaultTooNew, is Problem.AppTooOld -> Advice.UPDATE
        is Problem.Unreachable, is Problem.ConnectFirst, is Problem.ChangePending -> Advice.CONNECT
        is Problem.Unavailable, is Problem.RateLimited -> Advice.WAIT
        is Problem.Locked -> Advice.LOCKED
        is Problem.Revoked -> Advice.REMOVED
        is Problem.Refused, is Problem.MessageRefused, is Problem.KeySetRefused -> Advice.GET_HELP
        is Problem.KeyFault, is Problem.Internal -> Advice.GET_HELP
        is Problem.NoBiometrics -> Advice.TURN_ON_BIOMETRICS
    }
