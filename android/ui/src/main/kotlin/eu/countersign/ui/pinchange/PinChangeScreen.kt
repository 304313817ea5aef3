package eu.countersign.ui.pinchange

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import eu.countersign.core.PinChangeState
import eu.countersign.shell.App
import eu.countersign.shell.pinchange.PinChangeModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.EndPage
import eu.countersign.ui.part.Ending
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.WorkingPage
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.pin.PinAnswer
import eu.countersign.ui.pin.concernsPin
import eu.countersign.ui.problem.ProblemPage
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords

/** Another PIN for one account: the present one, the new one twice, and what came of it (A1). */
@Composable
fun PinChangeScreen(
    app: App,
    model: PinChangeModel,
) {
    val shown by model.shown.collectAsState()
    val state = shown.state
    val problem = shown.problem
    val server = serverOf(model.account)
    var least by remember(model) { mutableIntStateOf(SHORTEST) }
    LaunchedEffect(state) { if (state is PinChangeState.EnterPins) least = state.minDigits.toInt() }
    if (problem != null && !problem.concernsPin() && state !is PinChangeState.Unanswered) {
        ProblemPage(app, problem, server, model.account) { if (state == null) model.begin() else model.understood() }
        return
    }
    when (state) {
        null -> WorkingPage(Bar(LocalWords.current.changePin.bar, wayBack { app.back() }))
        is PinChangeState.EnterPins -> EntryPage(app, model, shown, least, null)
        is PinChangeState.WrongPin ->
            EntryPage(app, model, shown, least, PinAnswer(true, state.left, state.retryIn, shown.since))
        is PinChangeState.Wait ->
            EntryPage(app, model, shown, least, PinAnswer(false, null, state.retryIn, shown.since))
        is PinChangeState.Unanswered -> AnswerLostPage(app, model, shown, state)
        is PinChangeState.Changed -> Changed(app, server)
        is PinChangeState.NotChanged -> NotChanged(app, model, server)
    }
}

@Composable
private fun Changed(
    app: App,
    server: String,
) {
    val words = LocalWords.current
    val ending =
        Ending(Icons.check, Mood.SUCCESS, words.changePin.doneTitle, words.changePin.doneText(server), listOf(server))
    EndPage(ending) { ActionButton(words.common.done, ButtonKind.PRIMARY) { app.back() } }
}

@Composable
private fun NotChanged(
    app: App,
    model: PinChangeModel,
    server: String,
) {
    val words = LocalWords.current
    val ending =
        Ending(Icons.pin, Mood.WARNING, words.changePin.notDoneTitle, words.changePin.notDoneText(server), listOf(server))
    EndPage(ending, Bar(words.changePin.bar, wayBack { app.back() })) {
        ActionButton(words.common.tryAgain, ButtonKind.PRIMARY, icon = Icons.refresh) {
            app.back()
            app.openPinChange(model.account)
        }
        ActionButton(words.common.close, ButtonKind.SECONDARY) { app.back() }
    }
}

/** What every server asks for at least; this one's own minimum comes with the flow. */
private const val SHORTEST = 4
