package eu.countersign.ui.pin

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.runtime.Composable
import eu.countersign.core.Account
import eu.countersign.core.Problem
import eu.countersign.shell.App
import eu.countersign.shell.PinPad
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.secondsLeft
import eu.countersign.ui.problem.sentence
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.Words
import java.time.Duration

/** What is known of the PIN typed last: whether it was wrong, and from when on the next one may be typed. */
class PinAnswer(
    val wrong: Boolean,
    val left: UInt?,
    val retryIn: Duration,
    /** When the answer came, by the clock that never goes back. */
    val since: Long,
)

/** A PIN that was typed before may have been wrong: the next one is asked for at once, or after a pause. */
@Composable
fun PinTurn(
    bar: Bar,
    ask: PinAsk,
    pad: PinPad,
    answer: PinAnswer?,
    server: String,
    foot: @Composable ColumnScope.() -> Unit = {},
    onOk: () -> Unit,
) {
    val waits = answer != null && secondsLeft(answer.retryIn, answer.since) > 0
    if (answer != null && waits) {
        PausePage(bar, answer.retryIn, answer.since, answer.left.takeIf { answer.wrong }, server, foot = foot)
    } else {
        PinEntryPage(bar, ask, pad, foot, onOk = onOk)
    }
}

/** What stands under the dots: why the call did not go on, or that the PIN was wrong. */
fun Words.pinError(
    problem: Problem?,
    answer: PinAnswer?,
    server: String,
): String? =
    when {
        problem != null -> sentence(problem, server)
        answer == null || !answer.wrong -> null
        else -> answer.left?.let { pin.notRightLeft(it.toInt()) } ?: pin.notRight
    }

/** Problems that the page of the PIN itself tells. */
fun Problem.concernsPin(): Boolean = this is Problem.PinMismatch || this is Problem.PinRejected || this is Problem.PinIncomplete

/** The way out for whoever does not know it. */
@Composable
fun ForgotPinButton(
    app: App,
    account: Account,
) {
    val words = LocalWords.current
    val (word, kind) =
        if (LocalLocked.current) words.locked.forgot to ButtonKind.SECONDARY else words.pin.forgot to ButtonKind.TEXT
    ActionButton(word, kind) { app.openForgottenPin(account) }
}
