package eu.countersign.ui.move

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import eu.countersign.core.MoveState
import eu.countersign.shell.App
import eu.countersign.shell.Shown
import eu.countersign.shell.move.MoveModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.ErrorLine
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.Layers
import eu.countersign.ui.part.LocalQr
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.QrPanel
import eu.countersign.ui.part.Sheet
import eu.countersign.ui.part.TimeLeft
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.part.wayOut
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords

/** The code of one account, and where it is scanned. */
@Composable
internal fun QrPage(
    app: App,
    model: MoveModel,
    shown: Shown<MoveState>,
    moved: Moved,
    state: MoveState.ShowCode,
    seconds: Int,
    onScanned: () -> Unit,
) {
    val words = LocalWords.current
    var helps by remember { mutableStateOf(false) }
    val close = { helps = false }
    Layers(close, if (helps) ({ CannotScan(close) }) else null) {
        Page(
            Bar(words.move.bar, wayOut { app.back() }),
            foot = {
                ActionButton(words.move.scanned, ButtonKind.PRIMARY, onClick = onScanned)
                ActionButton(words.move.cannotScan, ButtonKind.SECONDARY, icon = Icons.help) { helps = true }
                if (state.behind > 0u) SkipButton(model, moved, state.account, shown.busy)
            },
        ) {
            Title(words.move.scanTitle)
            Paragraph(words.move.scanText(words.welcome.move), strong = listOf(words.welcome.move))
            Code(state.text)
            TimeLeft(seconds, state.left.seconds.toInt())
            Hint(which(state), Modifier.fillMaxWidth(), centred = true)
        }
    }
}

@Composable
private fun Code(text: String) {
    val words = LocalWords.current
    val draw = LocalQr.current
    val picture = remember(text, draw) { draw(text) }
    if (picture == null) {
        ErrorLine(words.move.cannotScanText(words.common.pathAddPhone))
        return
    }
    Card {
        Box(Modifier.fillMaxWidth().padding(12.dp), Alignment.Center) {
            QrPanel(picture, words.spoken.qrForNewPhone, Modifier.widthIn(max = WIDEST))
        }
    }
}

/** Whose code this is, and how many come after it. */
@Composable
private fun which(state: MoveState.ShowCode): String {
    val words = LocalWords.current
    val server = serverOf(state.account)
    val behind = state.behind.toInt()
    return if (behind == 0) words.move.accounts(1, server) else words.common.joined(server, words.move.behind(behind))
}

@Composable
private fun CannotScan(onClose: () -> Unit) {
    val words = LocalWords.current
    Sheet(onClose) {
        Title(words.move.cannotScan)
        Paragraph(words.move.cannotScanText(words.common.pathAddPhone), strong = listOf(words.common.pathAddPhone))
        ActionButton(words.common.close, ButtonKind.SECONDARY, onClick = onClose)
    }
}

/** At this width each module has four points or more (look.md 3). */
private val WIDEST = 268.dp
