package eu.countersign.ui.history

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import eu.countersign.shell.App
import eu.countersign.shell.history.DecidedModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.EndPage
import eu.countersign.ui.part.Ending
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.problem.ProblemPage
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords

/** One decision, and what can still be done about it (A9, D1). */
@Composable
fun DecidedScreen(
    app: App,
    model: DecidedModel,
) {
    val words = LocalWords.current
    val shown by model.shown.collectAsState()
    val problem = shown.problem
    val account = model.account
    val server = account?.let { serverOf(it) } ?: words.common.thisServer
    if (problem != null) {
        ProblemPage(app, problem, server, account) { model.understood() }
        return
    }
    when (shown.state) {
        null -> DecidedPage(app, model, shown.busy, server)
        DecidedModel.State.ENDED -> Ended(app, model)
        DecidedModel.State.REPORTED -> ReportedAfterPage(app, model.decided, account)
    }
}

@Composable
private fun Ended(
    app: App,
    model: DecidedModel,
) {
    val words = LocalWords.current
    val client = model.decided.client
    val ending =
        Ending(
            Icons.check,
            Mood.SUCCESS,
            words.historyItem.ended,
            words.historyItem.endSessionText(client),
            listOf(client),
        )
    EndPage(ending) { ActionButton(words.common.done, ButtonKind.PRIMARY) { app.back() } }
}
