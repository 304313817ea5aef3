package eu.countersign.ui.request

import androidx.compose.runtime.Composable
import eu.countersign.core.Request
import eu.countersign.core.SignInState
import eu.countersign.shell.App
import eu.countersign.shell.Shown
import eu.countersign.shell.request.RequestModel
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
import eu.countersign.ui.part.secondsLeft
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.minutesAndSeconds

/** The request is another one now: nothing was approved, and it is read again. */
@Composable
internal fun ChangedPage(app: App) {
    val words = LocalWords.current
    Page(
        Bar(),
        centred = true,
        foot = {
            ActionButton(words.next.readAgain, ButtonKind.PRIMARY, icon = Icons.refresh) { app.done() }
            ActionButton(words.next.backToAccounts, ButtonKind.SECONDARY) { app.done() }
        },
    ) {
        BigSign(Icons.warning, Mood.WARNING)
        Title(words.failure.title, centred = true)
        Paragraph(words.signInState.changed, centred = true)
    }
}

/** No answer: the same bytes go out again, by themselves or at once. */
@Composable
internal fun UnansweredPage(
    app: App,
    model: RequestModel,
    shown: Shown<SignInState>,
    request: Request,
    state: SignInState.Unanswered,
) {
    val words = LocalWords.current
    val server = serverOf(request.account)
    val seconds = secondsLeft(state.retryIn, shown.since)
    Page(
        Bar(back = BarAction(Icons.arrowBack, words.common.back) { app.done() }),
        centred = true,
        foot = {
            ActionButton(words.common.tryNow, ButtonKind.PRIMARY, icon = Icons.refresh, enabled = !shown.busy) {
                model.resend()
            }
            ActionButton(words.noNetwork.offline, ButtonKind.SECONDARY, icon = Icons.qrCodeScanner) { app.openScanner() }
            ActionButton(words.noNetwork.selfTest, ButtonKind.TEXT) { app.openSelfTest() }
        },
    ) {
        BigSign(Icons.wifiOff, Mood.NEUTRAL)
        Title(if (state.sent) words.failure.lostAnswerTitle else words.noNetwork.title(server), centred = true)
        Paragraph(if (state.sent) words.noNetwork.textSent(server) else words.noNetwork.text, centred = true)
        Hint(words.noNetwork.retryIn(minutesAndSeconds(seconds)), centred = true)
    }
}
