package eu.countersign.ui.move

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import eu.countersign.core.MoveOutcome
import eu.countersign.core.MoveState
import eu.countersign.shell.App
import eu.countersign.shell.Shown
import eu.countersign.shell.move.MoveModel
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.LocalClock
import eu.countersign.ui.part.OnBack
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.pin.ForgotPinButton
import eu.countersign.ui.pin.PinAnswer
import eu.countersign.ui.pin.PinAsk
import eu.countersign.ui.pin.PinTurn
import eu.countersign.ui.pin.concernsPin
import eu.countersign.ui.pin.pinError
import eu.countersign.ui.words.LocalWords

/** The PIN of the account whose code was shown: with it the new phone is confirmed. */
@Composable
internal fun ConfirmPage(
    app: App,
    model: MoveModel,
    shown: Shown<MoveState>,
    state: MoveState.ShowCode,
) {
    val words = LocalWords.current
    val refused by model.refused.collectAsState()
    val server = serverOf(state.account)
    val answer = answerOf(refused)
    OnBack(model::back)
    PinTurn(
        Bar(words.move.bar, wayBack(model::back)),
        PinAsk(
            words.pin.title,
            words.pin.toMove(server),
            listOf(server),
            error = words.pinError(shown.problem?.takeIf { it.concernsPin() }, answer, server),
            busy = shown.busy,
        ),
        model.pad,
        answer,
        server,
        { ForgotPinButton(app, state.account) },
    ) { model.confirm() }
}

/** A refusal brings no state: its wait counts from when it is first seen here. */
@Composable
private fun answerOf(refused: MoveOutcome?): PinAnswer? {
    val clock = LocalClock.current
    val since = remember(refused) { clock.elapsed() }
    return when (refused) {
        null, is MoveOutcome.Done -> null
        is MoveOutcome.WrongPin -> PinAnswer(true, refused.left, refused.retryIn, since)
        is MoveOutcome.Wait -> PinAnswer(false, null, refused.retryIn, since)
    }
}
