package eu.countersign.ui.request

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import eu.countersign.core.DenyWhy
import eu.countersign.core.Request
import eu.countersign.core.RequestKind
import eu.countersign.core.ServerState
import eu.countersign.core.SignInState
import eu.countersign.shell.App
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.BigSign
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.NumberedPoint
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Text
import eu.countersign.ui.part.Title
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.Words

/** Approved, with the code that support can ask for. */
@Composable
internal fun ApprovedPage(
    app: App,
    request: Request,
    state: SignInState.Approved,
) {
    val words = LocalWords.current
    val back = state.returnTo
    val text =
        when {
            request.kind == RequestKind.SIGN -> words.approved.textSign(request.client)
            back != null -> words.approved.textHere(request.client)
            else -> words.approved.text(request.client)
        }
    Page(
        Bar(),
        centred = true,
        foot = {
            SignInCode(state.signInCode, request.kind == RequestKind.SIGN)
            if (back != null) {
                ActionButton(words.approved.backToBrowser, ButtonKind.PRIMARY, icon = Icons.openInNew) {
                    app.around.device.browse(back)
                    app.done()
                }
            } else {
                ActionButton(words.common.done, ButtonKind.PRIMARY) { app.done() }
            }
            ActionButton(words.approved.mistake, ButtonKind.TEXT) { app.openDecided(request.tid, request.account) }
        },
    ) {
        BigSign(Icons.check, Mood.SUCCESS)
        Title(words.approved.title, Modifier.semantics { liveRegion = LiveRegionMode.Polite }, centred = true)
        Paragraph(text, strong = listOf(request.client), centred = true)
    }
}

@Composable
private fun SignInCode(
    code: String,
    sign: Boolean,
) {
    val words = LocalWords.current.approved
    Card {
        Column(Modifier.padding(16.dp).semantics(mergeDescendants = true) {}, Arrangement.spacedBy(4.dp)) {
            Hint(if (sign) words.codeSign else words.code)
            Text(code, style = Styles.heading.copy(fontFeatureSettings = "tnum"))
            Hint(words.codeHint)
        }
    }
}

/** Refused: cancelled, or reported. */
@Composable
internal fun DeniedPage(
    app: App,
    request: Request,
    why: DenyWhy,
) {
    when (why) {
        DenyWhy.CANCEL ->
            OverPage(app, request, LocalWords.current.cancelled.title, LocalWords.current.cancelled.text, Icons.close)
        DenyWhy.NOT_ME -> ReportedPage(app, request.account.label?.iss)
    }
}

/** "It wasn't me" has arrived: what happened, and what to do now. */
@Composable
fun ReportedPage(
    app: App,
    address: String?,
) {
    val words = LocalWords.current
    Page(
        Bar(),
        centred = true,
        foot = {
            if (address != null) {
                ActionButton(words.reported.change, ButtonKind.PRIMARY, icon = Icons.openInNew) {
                    app.around.device.browse(address)
                }
            }
            ActionButton(words.common.done, if (address == null) ButtonKind.PRIMARY else ButtonKind.SECONDARY) { app.done() }
        },
    ) {
        BigSign(Icons.shield, Mood.DANGER)
        Title(words.reported.title, Modifier.semantics { liveRegion = LiveRegionMode.Assertive }, centred = true)
        Paragraph(words.reported.textNoTime, centred = true)
        Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(12.dp)) {
            Text(words.reported.whatNow, Modifier.semantics { heading() }, style = Styles.bold)
            NumberedPoint(1, words.reported.password)
            NumberedPoint(2, words.reported.look)
        }
    }
}

/** A request that is over; "It wasn't me" still works (D1). */
@Composable
internal fun OverPage(
    app: App,
    request: Request,
    title: String,
    text: String,
    icon: ImageVector = Icons.timer,
) {
    val words = LocalWords.current
    Page(
        Bar(),
        centred = true,
        foot = {
            ActionButton(words.common.done, ButtonKind.PRIMARY) { app.done() }
            ActionButton(words.common.itWasntMe, ButtonKind.DANGER, icon = Icons.gppBad) {
                app.openReport(request.tid, request.account)
            }
        },
    ) {
        BigSign(icon, Mood.NEUTRAL)
        Title(title, Modifier.semantics { liveRegion = LiveRegionMode.Assertive }, centred = true)
        Paragraph(text, centred = true)
    }
}

/** Somebody, or this phone earlier, has answered it. */
@Composable
internal fun AlreadyDecidedPage(
    app: App,
    request: Request,
    state: ServerState?,
) {
    val words = LocalWords.current
    val text = state?.let { words.problem.transactionDecided(words.word(it)) } ?: words.signInState.alreadyDecided
    OverPage(app, request, words.failure.requestGoneTitle, text)
}

/** What a sign-in has come to, in a word. */
internal fun Words.word(of: ServerState): String =
    when (of) {
        ServerState.CREATED -> serverState.created
        ServerState.PENDING -> serverState.pending
        ServerState.CLAIMED -> serverState.claimed
        ServerState.APPROVED -> serverState.approved
        ServerState.COMPLETED -> serverState.completed
        ServerState.DENIED -> serverState.denied
        ServerState.REPORTED -> serverState.reported
        ServerState.FAILED -> serverState.failed
        ServerState.CANCELLED -> serverState.cancelled
        ServerState.EXPIRED -> serverState.expired
    }
