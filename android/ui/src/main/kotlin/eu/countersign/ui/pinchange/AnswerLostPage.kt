package eu.countersign.ui.pinchange

import androidx.compose.foundation.layout.Box
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import eu.countersign.core.PinChangeState
import eu.countersign.shell.App
import eu.countersign.shell.Shown
import eu.countersign.shell.pinchange.PinChangeModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.ErrorLine
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Ring
import eu.countersign.ui.part.Sign
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.secondsLeft
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.problem.sentence
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords

/** The connection broke while the change was being saved: which PIN counts is found out, nothing is typed again. */
@Composable
internal fun AnswerLostPage(
    app: App,
    model: PinChangeModel,
    shown: Shown<PinChangeState>,
    state: PinChangeState.Unanswered,
) {
    val words = LocalWords.current
    val server = serverOf(model.account)
    val seconds = secondsLeft(state.retryIn, shown.since)
    val problem = shown.problem
    Page(
        Bar(words.changePin.bar),
        centred = true,
        foot = {
            ActionButton(words.common.tryNow, ButtonKind.PRIMARY, icon = Icons.refresh, enabled = !shown.busy) {
                model.resend()
            }
            ActionButton(words.changeLost.close, ButtonKind.SECONDARY) { app.back() }
        },
    ) {
        Box(Modifier.clearAndSetSemantics { contentDescription = words.spoken.findingOut }) {
            Ring(seconds, state.retryIn.seconds.toInt(), 96.dp) { Sign(Icons.syncProblem, size = 32.dp) }
        }
        Title(words.changeLost.title, Modifier.semantics { liveRegion = LiveRegionMode.Assertive }, centred = true)
        Paragraph(words.changeLost.text(server), centred = true)
        if (problem != null) ErrorLine(words.sentence(problem, server))
    }
}
