package eu.countersign.ui.history

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import eu.countersign.core.Account
import eu.countersign.core.Decided
import eu.countersign.core.Deed
import eu.countersign.core.Outcome
import eu.countersign.shell.App
import eu.countersign.shell.history.DecidedModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.Chip
import eu.countersign.ui.part.Choice
import eu.countersign.ui.part.Fact
import eu.countersign.ui.part.Facts
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.Layers
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Sheet
import eu.countersign.ui.part.Text
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.serverTitle
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.request.word
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalTimes
import eu.countersign.ui.words.LocalWords

/** What was decided, with its code, and the two answers that come after it. */
@Composable
internal fun DecidedPage(
    app: App,
    model: DecidedModel,
    busy: Boolean,
    server: String,
) {
    val decided = model.decided
    var asks by remember(model) { mutableStateOf<Ask?>(null) }
    val close = { asks = null }
    val asked = asks
    Layers(close, asked?.let { { AskSheet(it, decided, server, answerTo(it, model, close), close) } }) {
        Page(
            Bar(back = wayBack { app.back() }),
            foot = {
                if (model.account != null) Answers(decided.deed, busy) { asks = it }
                if (busy) Hint(LocalWords.current.common.working)
            },
        ) {
            val face = LocalWords.current.faceOf(decided.deed)
            Chip(face.word, face.icon, face.mood)
            Title(decided.client)
            CodeCard(decided.signInCode)
            Card { Facts(factsOf(decided, model.account)) }
        }
    }
}

/** What is asked before it is done. */
internal enum class Ask { END, REPORT }

private fun answerTo(
    ask: Ask,
    model: DecidedModel,
    close: () -> Unit,
): () -> Unit =
    {
        close()
        when (ask) {
            Ask.END -> model.endSession()
            Ask.REPORT -> model.report()
        }
    }

@Composable
private fun Answers(
    deed: Deed,
    busy: Boolean,
    onAsk: (Ask) -> Unit,
) {
    val words = LocalWords.current
    val (ends, reports) =
        when (deed) {
            Deed.APPROVED -> true to true
            Deed.CANCELLED, Deed.OFFLINE_CODE -> false to true
            Deed.REPORTED -> false to false
        }
    if (ends) {
        ActionButton(words.historyItem.endSession, ButtonKind.SECONDARY, icon = Icons.logout, enabled = !busy) {
            onAsk(Ask.END)
        }
    }
    if (reports) {
        ActionButton(words.common.itWasntMe, ButtonKind.DANGER, icon = Icons.gppBad, enabled = !busy) {
            onAsk(Ask.REPORT)
        }
    }
}

@Composable
private fun AskSheet(
    ask: Ask,
    decided: Decided,
    server: String,
    onYes: () -> Unit,
    onClose: () -> Unit,
) {
    val words = LocalWords.current
    Sheet(onClose) {
        when (ask) {
            Ask.END -> {
                Title(words.historyItem.endSessionTitle)
                Paragraph(words.historyItem.endSessionText(decided.client), strong = listOf(decided.client))
                ActionButton(words.historyItem.endSession, ButtonKind.PRIMARY, icon = Icons.logout, onClick = onYes)
            }
            Ask.REPORT -> {
                Title(words.denySheet.afterTitle)
                Choice(words.denySheet.report, words.denySheet.afterHint(server), Icons.gppBad, danger = true, onClick = onYes)
            }
        }
        ActionButton(words.common.cancel, ButtonKind.SECONDARY, onClick = onClose)
    }
}

@Composable
private fun CodeCard(code: String) {
    Card {
        Column(Modifier.padding(16.dp).semantics(mergeDescendants = true) {}, Arrangement.spacedBy(4.dp)) {
            Hint(LocalWords.current.historyItem.code)
            Text(code, style = Styles.title.copy(fontFeatureSettings = "tnum"))
        }
    }
}

@Composable
private fun factsOf(
    decided: Decided,
    account: Account?,
): List<Fact> {
    val words = LocalWords.current
    val times = LocalTimes.current
    val moment = momentOf(decided)
    val outcome =
        when (decided.outcome) {
            Outcome.CONFIRMED -> words.outcome.confirmed
            Outcome.UNKNOWN -> words.outcome.unknown
            Outcome.NONE -> null
        }
    return listOfNotNull(
        account?.let { Fact(words.historyItem.account, serverTitle(it), it.label?.account) },
        Fact(words.historyItem.time, words.time.dayClock(times.date(moment), times.clock(moment))),
        outcome?.let { Fact(words.historyItem.answer, it) },
    )
}
