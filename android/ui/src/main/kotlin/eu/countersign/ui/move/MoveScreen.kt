package eu.countersign.ui.move

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import eu.countersign.core.MoveState
import eu.countersign.core.Problem
import eu.countersign.core.RefusalCode
import eu.countersign.shell.App
import eu.countersign.shell.move.MoveModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.EndPage
import eu.countersign.ui.part.Ending
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.WorkingPage
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.part.wayOut
import eu.countersign.ui.pin.PinAnswer
import eu.countersign.ui.pin.concernsPin
import eu.countersign.ui.problem.ProblemPage
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords
import java.time.Duration

/** Moving to a new phone, seen from this one: the PIN, a code for each account, the six digits of the new phone (A6). */
@Composable
fun MoveScreen(
    app: App,
    model: MoveModel,
) {
    val words = LocalWords.current
    val shown by model.shown.collectAsState()
    val moved = remember(model) { Moved() }
    val state = shown.state
    val problem = shown.problem
    LaunchedEffect(state) { moved.see(state) }
    LaunchedEffect(problem) { if (isWrongCode(problem)) startCodeAgain(model) }
    if (problem != null && !problem.concernsPin() && !isWrongCode(problem)) {
        val account = moved.present(state)
        ProblemPage(app, problem, account?.let { serverOf(it) } ?: words.common.thisServer, account) {
            if (state == null) model.begin() else model.understood()
        }
        return
    }
    when (state) {
        null -> WorkingPage(Bar(words.move.bar, wayOut { app.back() }))
        is MoveState.EnterPin -> PinPage(app, model, shown, moved, wrongOf(state, shown.since))
        is MoveState.Wait ->
            PinPage(app, model, shown, moved, PinAnswer(false, null, state.retryIn, shown.since))
        is MoveState.ShowCode -> CodePage(app, model, shown, moved, state)
        is MoveState.Done -> Done(app, moved)
    }
}

private fun wrongOf(
    state: MoveState.EnterPin,
    since: Long,
): PinAnswer? = state.wrong?.let { PinAnswer(true, it.left, Duration.ZERO, since) }

/** Not the digits of the new phone: they are typed again, and with them the PIN. */
private fun isWrongCode(problem: Problem?): Boolean = problem is Problem.Refused && problem.code == RefusalCode.CONFIRM_CODE_INCORRECT

private fun startCodeAgain(model: MoveModel) {
    model.number.clear()
    model.back()
}

@Composable
private fun Done(
    app: App,
    moved: Moved,
) {
    val words = LocalWords.current
    val ending =
        if (moved.isNothing) {
            Ending(Icons.swapHoriz, Mood.NEUTRAL, words.failure.title, words.move.nothing)
        } else {
            Ending(Icons.check, Mood.SUCCESS, words.move.doneTitle, words.move.doneText)
        }
    EndPage(ending) { ActionButton(words.common.done, ButtonKind.PRIMARY) { app.done() } }
}
