package eu.countersign.ui.move

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import eu.countersign.core.MoveState
import eu.countersign.shell.App
import eu.countersign.shell.Shown
import eu.countersign.shell.move.MoveModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.EndPage
import eu.countersign.ui.part.Ending
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.secondsLeft
import eu.countersign.ui.part.wayOut
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords

/** The code for the new phone's camera, then the six digits that it shows, then the PIN. */
@Composable
internal fun CodePage(
    app: App,
    model: MoveModel,
    shown: Shown<MoveState>,
    moved: Moved,
    state: MoveState.ShowCode,
) {
    val seconds = secondsLeft(state.left, shown.since)
    val asksPin by model.asksPin.collectAsState()
    var types by remember(state.text) { mutableStateOf(false) }
    when {
        asksPin -> ConfirmPage(app, model, shown, state)
        seconds == 0 -> RanOut(app, moved, state)
        types -> TypePage(model, shown, state, seconds) { types = false }
        else -> QrPage(app, model, shown, moved, state, seconds) { types = true }
    }
}

@Composable
private fun RanOut(
    app: App,
    moved: Moved,
    state: MoveState.ShowCode,
) {
    val words = LocalWords.current
    EndPage(
        Ending(Icons.timer, Mood.NEUTRAL, words.time.ranOut, words.move.ranOutText),
        Bar(words.move.bar, wayOut { app.back() }),
    ) {
        ActionButton(words.move.newCode, ButtonKind.PRIMARY, icon = Icons.refresh) {
            val left = moved.from(state.account)
            app.back()
            app.openMove(left)
        }
        ActionButton(words.common.close, ButtonKind.SECONDARY) { app.back() }
    }
}
