package eu.countersign.ui.pairing

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import eu.countersign.core.PairingState
import eu.countersign.shell.App
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Announcement
import eu.countersign.ui.part.Banner
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.CodeDisplay
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.Layers
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.OnBack
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Ring
import eu.countersign.ui.part.Sheet
import eu.countersign.ui.part.Text
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.secondsLeft
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.minutesAndSeconds
import eu.countersign.ui.words.spokenLeft

/** The code for the web page; on one phone the way back to the browser that started, which needs no code (P1, P2). */
@Composable
internal fun TypeCodePage(
    app: App,
    state: PairingState.TypeCode,
    since: Long,
    server: String,
) {
    val words = LocalWords.current
    val seconds = secondsLeft(state.left, since)
    var cancels by remember { mutableStateOf(false) }
    OnBack { cancels = true }
    // Each question to the server gives a new state: the ring shrinks from what was left at the first one.
    val total = remember { state.left.seconds.toInt() }
    val back = state.returnTo
    val keep = { cancels = false }
    Layers(keep, if (cancels) ({ CancelSheet({ app.done() }, keep) }) else null) {
        Page(
            Bar(words.common.step("3", "3")),
            foot = {
                if (back != null) {
                    ActionButton(words.pairCode.backToBrowser, ButtonKind.PRIMARY, icon = Icons.openInNew) {
                        app.around.device.browse(back)
                    }
                }
                ActionButton(words.pairCode.cancel, ButtonKind.SECONDARY, icon = Icons.close) { cancels = true }
            },
        ) {
            Title(if (back == null) words.pairCode.title else words.pairCode.browserTitle)
            if (back != null) Paragraph(words.pairCode.browserText)
            CodeDisplay(state.code)
            TimeLine(seconds, total)
            if (back == null) {
                Paragraph(words.pairCode.text(app.around.device.name), strong = listOf(app.around.device.name))
                Banner(Mood.INFO, words.pairCode.onlyThereTitle, words.pairCode.onlyThereText(server))
            } else {
                Hint(words.pairCode.browserHint)
            }
        }
    }
}

@Composable
private fun TimeLine(
    seconds: Int,
    total: Int,
) {
    val words = LocalWords.current
    Row(
        Modifier.fillMaxWidth().semantics(mergeDescendants = true) { contentDescription = words.spokenLeft(seconds) },
        Arrangement.spacedBy(12.dp, Alignment.CenterHorizontally),
        Alignment.CenterVertically,
    ) {
        Ring(seconds, total, 32.dp)
        Text(words.time.left(minutesAndSeconds(seconds)), Modifier.clearAndSetSemantics {}, style = Styles.digits)
    }
    Announcement(seconds)
}

@Composable
private fun CancelSheet(
    onCancel: () -> Unit,
    onKeep: () -> Unit,
) {
    val words = LocalWords.current
    Sheet(onKeep) {
        Title(words.pairCode.cancelTitle)
        Paragraph(words.pairCode.cancelText)
        ActionButton(words.pairCode.cancel, ButtonKind.DANGER, icon = Icons.close, onClick = onCancel)
        ActionButton(words.pairCode.keep, ButtonKind.SECONDARY, onClick = onKeep)
    }
}
