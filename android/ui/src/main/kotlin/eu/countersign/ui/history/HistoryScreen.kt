package eu.countersign.ui.history

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.paneTitle
import androidx.compose.ui.semantics.semantics
import eu.countersign.core.Decided
import eu.countersign.shell.App
import eu.countersign.shell.history.HistoryModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.BarAction
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.EndPage
import eu.countersign.ui.part.Ending
import eu.countersign.ui.part.Field
import eu.countersign.ui.part.Hairline
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.LocalClock
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.OnBack
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Section
import eu.countersign.ui.part.WorkingPage
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.problem.ProblemPage
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalTimes
import eu.countersign.ui.words.LocalWords

/** What was decided on this phone, newest first, a heading for each day (A9). */
@Composable
fun HistoryScreen(
    app: App,
    model: HistoryModel,
) {
    val words = LocalWords.current
    val shown by model.shown.collectAsState()
    var sought by remember(model) { mutableStateOf<String?>(null) }
    val state = shown.state
    val problem = shown.problem
    val seeks = sought != null
    val close = { sought = null }
    val search =
        BarAction(if (seeks) Icons.close else Icons.search, if (seeks) words.common.close else words.common.search) {
            sought = if (seeks) null else ""
        }
    val back = wayBack { app.back() }
    when {
        state == null && problem != null -> ProblemPage(app, problem, words.common.thisServer) { model.begin() }
        state == null -> WorkingPage(Bar(words.historyList.title, back))
        state.decided.isEmpty() -> Empty(app, Bar(words.historyList.title, back))
        else -> {
            if (seeks) OnBack(close)
            Decisions(app, state, Bar(words.historyList.title, back, actions = listOf(search)), sought) { sought = it }
        }
    }
}

@Composable
private fun Empty(
    app: App,
    bar: Bar,
) {
    val words = LocalWords.current
    EndPage(Ending(Icons.history, Mood.NEUTRAL, words.historyList.emptyTitle, words.historyList.emptyText), bar) {
        ActionButton(words.accounts.scan, ButtonKind.PRIMARY, icon = Icons.qrCodeScanner) { app.openScanner() }
    }
}

@Composable
private fun Decisions(
    app: App,
    state: HistoryModel.State,
    bar: Bar,
    sought: String?,
    onSeek: (String) -> Unit,
) {
    val words = LocalWords.current.historyList
    val found = found(state.decided, sought.orEmpty())
    Page(bar, Modifier.semantics { paneTitle = words.title }) {
        if (sought != null) Field(words.searchLabel, sought, onChange = onSeek)
        if (found.isEmpty()) {
            Paragraph(
                words.noMatch(sought.orEmpty()),
                Modifier.semantics { liveRegion = LiveRegionMode.Polite },
            )
        }
        Days(app, state, found)
        Hint(words.hint)
        Hint(words.onWeb)
    }
}

@Composable
private fun Days(
    app: App,
    state: HistoryModel.State,
    found: List<Decided>,
) {
    val times = LocalTimes.current
    val now = LocalClock.current.now()
    for ((day, decided) in found.groupBy { times.heading(momentOf(it), now) }) {
        Section(day)
        Card {
            for ((place, one) in decided.withIndex()) {
                val account = state.accounts.firstOrNull { it.id == one.account }
                if (place > 0) Hairline()
                DecidedRow(one, account) { app.openDecided(one, account) }
            }
        }
    }
}

/** By service or by code; whoever reads a code out leaves the hyphen away. */
internal fun found(
    decided: List<Decided>,
    sought: String,
): List<Decided> {
    val text = sought.trim()
    val code = bare(text)
    return decided.filter { one ->
        one.client.contains(text, ignoreCase = true) || (code.isNotEmpty() && bare(one.signInCode).contains(code, ignoreCase = true))
    }
}

private fun bare(code: String): String = code.filter { it.isLetterOrDigit() }

/** When it was decided, in milliseconds since 1970. */
internal fun momentOf(decided: Decided): Long = decided.at.toLong() * MILLIS

private const val MILLIS = 1000L
