package eu.countersign.ui.offline

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import eu.countersign.core.Problem
import eu.countersign.shell.App
import eu.countersign.shell.Shown
import eu.countersign.shell.offline.OfflineModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Announcement
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.BarAction
import eu.countersign.ui.part.BigSign
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.CodeDisplay
import eu.countersign.ui.part.Fact
import eu.countersign.ui.part.Facts
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.OnBack
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Ring
import eu.countersign.ui.part.Text
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.WorkingPage
import eu.countersign.ui.part.secondsLeft
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.pin.ForgotPinButton
import eu.countersign.ui.pin.PinAsk
import eu.countersign.ui.pin.PinEntryPage
import eu.countersign.ui.problem.ProblemPage
import eu.countersign.ui.problem.sentence
import eu.countersign.ui.request.ReportedPage
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.spokenLeft

/** A sign-in without network: what the code says, the PIN, eight digits (S5). */
@Composable
fun OfflineScreen(
    app: App,
    offline: OfflineModel,
) {
    val words = LocalWords.current
    val shown by offline.shown.collectAsState()
    val problem = shown.problem
    val server = serverOf(offline.request.account)
    if (problem != null && problem !is Problem.PinIncomplete) {
        ProblemPage(app, problem, server, offline.request.account) { offline.begin() }
        return
    }
    when (val state = shown.state) {
        null -> WorkingPage(closeBar(app))
        is OfflineModel.State.Read -> ReadPage(app, offline, state.network)
        is OfflineModel.State.Pin -> PinPage(app, offline, shown)
        is OfflineModel.State.Code -> CodePage(offline, state, shown.since)
        is OfflineModel.State.Hidden -> GonePage(app)
        is OfflineModel.State.Reported -> ReportedPage(app, null)
    }
}

@Composable
internal fun closeBar(app: App): Bar {
    val words = LocalWords.current
    return Bar(words.offline.title, BarAction(Icons.close, words.common.close) { app.done() })
}

@Composable
private fun PinPage(
    app: App,
    offline: OfflineModel,
    shown: Shown<OfflineModel.State>,
) {
    val words = LocalWords.current
    OnBack { offline.leavePin() }
    val service = offline.request.client
    val ask =
        PinAsk(
            words.pin.title,
            words.pin.toGetCode(service),
            listOf(service),
            error = shown.problem?.let { words.sentence(it, serverOf(offline.request.account)) },
            busy = shown.busy,
        )
    val bar = Bar(back = BarAction(Icons.arrowBack, words.common.back) { offline.leavePin() })
    PinEntryPage(
        bar,
        ask,
        offline.pad,
        { ForgotPinButton(app, offline.request.account) },
    ) { offline.submit() }
}

@Composable
private fun CodePage(
    offline: OfflineModel,
    state: OfflineModel.State.Code,
    since: Long,
) {
    val words = LocalWords.current
    val seconds = secondsLeft(state.left, since)
    Page(
        Bar(words.offline.title),
        foot = { ActionButton(words.offline.hide, ButtonKind.SECONDARY, icon = Icons.close) { offline.hide() } },
    ) {
        Title(words.offline.codeTitle)
        CodeDisplay(state.digits)
        Column(
            Modifier.fillMaxWidth().semantics(mergeDescendants = true) { contentDescription = words.spokenLeft(seconds) },
            Arrangement.spacedBy(8.dp),
            Alignment.CenterHorizontally,
        ) {
            Ring(seconds, state.left.seconds.toInt(), 64.dp) {
                Text("$seconds", Modifier.clearAndSetSemantics {}, style = Styles.heading)
            }
            Hint(words.time.secondsLeftUnder(seconds), Modifier.clearAndSetSemantics {})
        }
        Announcement(seconds)
        Card {
            Facts(
                listOf(
                    Fact(words.offline.forLabel, offline.request.client),
                    Fact(words.offline.account, offline.request.user),
                ),
            )
        }
        Hint(words.offline.codeHint)
    }
}

@Composable
private fun GonePage(app: App) {
    val words = LocalWords.current
    Page(
        Bar(),
        centred = true,
        foot = {
            ActionButton(words.common.done, ButtonKind.PRIMARY) { app.done() }
            ActionButton(words.next.scanAgain, ButtonKind.SECONDARY, icon = Icons.qrCodeScanner) { app.openScanner() }
        },
    ) {
        BigSign(Icons.timer, Mood.NEUTRAL)
        Title(words.offline.goneTitle, centred = true)
        Paragraph(words.offline.goneText, centred = true)
    }
}
