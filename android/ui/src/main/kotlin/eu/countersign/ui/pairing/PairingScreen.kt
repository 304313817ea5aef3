package eu.countersign.ui.pairing

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import eu.countersign.core.PairingState
import eu.countersign.core.Problem
import eu.countersign.shell.App
import eu.countersign.shell.Shown
import eu.countersign.shell.pairing.PairingModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.BarAction
import eu.countersign.ui.part.BigSign
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.WorkingPage
import eu.countersign.ui.part.secondsLeft
import eu.countersign.ui.problem.ProblemPage
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.minutesAndSeconds

/** Pairing, from the question to the paired phone (P1 to P3). */
@Composable
fun PairingScreen(
    app: App,
    pairing: PairingModel,
) {
    val words = LocalWords.current
    val shown by pairing.shown.collectAsState()
    val server by pairing.server.collectAsState()
    val state = shown.state
    val named = server ?: words.common.thisServer
    val problem = shown.problem
    val lacksLock by pairing.lacksLock.collectAsState()
    if (lacksLock) {
        ScreenLockPage(app) { pairing.accept() }
        return
    }
    if (problem != null && !concernsPins(problem)) {
        ProblemPage(app, problem, named) { pairing.begin() }
        return
    }
    when (state) {
        null -> WorkingPage(Bar(back = backBar(app)))
        is PairingState.AddAgain -> AddAgain(app, pairing, state, named)
        is PairingState.Confirm -> ConfirmPage(app, pairing, state, shown.busy)
        is PairingState.ChoosePin -> ChoosePinPage(app, pairing, state, shown, named)
        is PairingState.Unanswered -> Unanswered(app, pairing, state, shown, named)
        is PairingState.TypeCode -> TypeCodePage(app, state, shown.since, named)
        is PairingState.Active -> PairedPage(app, state)
        is PairingState.Gone -> Ended(app, words.failure.pairingGoneTitle, words.pairingState.gone, Icons.timer)
        is PairingState.ClaimedByAnother ->
            Ended(app, words.failure.pairingGoneTitle, words.pairingState.claimedByAnother, Icons.warning)
    }
}

/** Problems that the page of the PIN itself tells. */
private fun concernsPins(problem: Problem): Boolean =
    problem is Problem.PinMismatch || problem is Problem.PinRejected || problem is Problem.PinIncomplete

@Composable
internal fun backBar(app: App): BarAction = BarAction(Icons.arrowBack, LocalWords.current.common.back) { app.back() }

@Composable
private fun AddAgain(
    app: App,
    pairing: PairingModel,
    state: PairingState.AddAgain,
    server: String,
) {
    val words = LocalWords.current
    Page(
        Bar(back = backBar(app)),
        foot = {
            ActionButton(words.pairConfirm.againYes, ButtonKind.PRIMARY, icon = Icons.check) { pairing.accept() }
            ActionButton(words.pairConfirm.againNo, ButtonKind.SECONDARY, icon = Icons.close) { app.done() }
        },
    ) {
        Title(words.pairConfirm.againTitle)
        Paragraph(words.pairConfirm.againText(state.existing.joinToString(), server), strong = state.existing)
    }
}

@Composable
private fun Unanswered(
    app: App,
    pairing: PairingModel,
    state: PairingState.Unanswered,
    shown: Shown<PairingState>,
    server: String,
) {
    val words = LocalWords.current
    val seconds = secondsLeft(state.retryIn, shown.since)
    Page(
        Bar(back = backBar(app)),
        centred = true,
        foot = {
            ActionButton(words.common.tryNow, ButtonKind.PRIMARY, icon = Icons.refresh, enabled = !shown.busy) {
                pairing.resend()
            }
        },
    ) {
        BigSign(Icons.syncProblem, Mood.NEUTRAL)
        Title(words.failure.lostAnswerTitle, centred = true)
        Paragraph(words.pairingState.unanswered(server), centred = true)
        Hint(words.noNetwork.retryIn(minutesAndSeconds(seconds)), centred = true)
    }
}

@Composable
private fun Ended(
    app: App,
    title: String,
    text: String,
    icon: ImageVector,
) {
    val words = LocalWords.current
    Page(
        Bar(back = backBar(app)),
        centred = true,
        foot = {
            ActionButton(words.next.scanAgain, ButtonKind.PRIMARY, icon = Icons.qrCodeScanner) { app.openScanner() }
            ActionButton(words.next.backToAccounts, ButtonKind.SECONDARY) { app.done() }
        },
    ) {
        BigSign(icon, Mood.WARNING)
        Title(title, Modifier.semantics { liveRegion = LiveRegionMode.Assertive }, centred = true)
        Paragraph(text, centred = true)
    }
}
