package eu.countersign.ui.account

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import eu.countersign.core.Account
import eu.countersign.core.Problem
import eu.countersign.core.Unlinked
import eu.countersign.shell.App
import eu.countersign.shell.account.UnlinkModel
import eu.countersign.shell.problem.Advice
import eu.countersign.shell.problem.advice
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Banner
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.EndPage
import eu.countersign.ui.part.Ending
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Point
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.problem.ProblemPage
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.beginning

/** Unlinking this phone: what will be lost, and what came of it (A5). */
@Composable
fun UnlinkScreen(
    app: App,
    model: UnlinkModel,
) {
    val shown by model.shown.collectAsState()
    val problem = shown.problem
    val outcome = shown.state
    when {
        outcome != null -> Gone(app, model.account, outcome)
        problem == null -> Ask(app, model, shown.busy)
        problem.advice() == Advice.CONNECT || problem.advice() == Advice.WAIT ->
            NotReached(
                app,
                model,
                maybe =
                    problem !is Problem.Unreachable || problem.sent,
            )
        else -> ProblemPage(app, problem, serverOf(model.account), model.account) { model.understood() }
    }
}

@Composable
private fun Ask(
    app: App,
    model: UnlinkModel,
    busy: Boolean,
) {
    val words = LocalWords.current.unlink
    val server = serverOf(model.account)
    Page(
        Bar(back = wayBack { app.back() }),
        foot = {
            ActionButton(words.unlink, ButtonKind.DANGER, icon = Icons.linkOff, enabled = !busy) { model.unlink() }
            ActionButton(words.keep, ButtonKind.SECONDARY, enabled = !busy) { app.back() }
        },
    ) {
        Title(words.title(server))
        Card {
            Column(Modifier.padding(16.dp), Arrangement.spacedBy(14.dp)) {
                Point(Icons.close, words.loses(model.account.label?.account ?: server))
                Point(Icons.close, words.history)
                Point(Icons.check, words.others)
            }
        }
        if (model.phones == 1) Banner(Mood.WARNING, words.onlyTitle, words.onlyText)
        if (busy) Hint(LocalWords.current.common.working, Modifier.semantics { liveRegion = LiveRegionMode.Polite })
    }
}

/** Nothing is deleted here before the server knows: no phone stays in its list that nobody holds. */
@Composable
private fun NotReached(
    app: App,
    model: UnlinkModel,
    maybe: Boolean,
) {
    val words = LocalWords.current
    val server = serverOf(model.account)
    val text = if (maybe) words.unlink.notReachedMaybe(server) else words.unlink.notReachedText(server)
    val title = words.beginning(words.unlink.notReachedTitle(server))
    EndPage(
        Ending(Icons.wifiOff, Mood.NEUTRAL, title, text),
        Bar(back = wayBack { app.back() }),
    ) {
        ActionButton(words.common.tryAgain, ButtonKind.PRIMARY, icon = Icons.refresh) { model.unlink() }
        ActionButton(words.unlink.keep, ButtonKind.SECONDARY) { app.back() }
    }
}

@Composable
private fun Gone(
    app: App,
    account: Account,
    outcome: Unlinked,
) {
    val words = LocalWords.current
    val server = serverOf(account)
    val name = account.label?.account ?: server
    val text =
        when (outcome) {
            Unlinked.EVERYWHERE -> words.unlink.doneText(name)
            Unlinked.ONLY_HERE -> words.beginning(words.unlink.onlyHereText(server, words.common.pathPhones))
        }
    EndPage(Ending(Icons.check, Mood.SUCCESS, words.unlink.doneTitle, text, listOf(name))) {
        ActionButton(words.common.done, ButtonKind.PRIMARY) { app.done() }
    }
}
