package eu.countersign.ui.account

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import eu.countersign.core.Account
import eu.countersign.core.AccountState
import eu.countersign.shell.App
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.EndPage
import eu.countersign.ui.part.Ending
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.Layers
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Sheet
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.serverTitle
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords

/** Keys or what this phone keeps of the account are lost: pair again (A8). */
@Composable
internal fun KeysLostPage(
    app: App,
    account: Account,
) {
    val words = LocalWords.current
    var explains by remember { mutableStateOf(false) }
    val close = { explains = false }
    val damaged =
        when (account.state) {
            is AccountState.Damaged -> true
            is AccountState.Active, is AccountState.Pairing, is AccountState.Removed -> false
        }
    val ending =
        Ending(
            Icons.keyVertical,
            Mood.WARNING,
            words.keysLost.title,
            if (damaged) words.accountState.damaged else words.keysLost.text,
        )
    Layers(close, if (explains) ({ WhySheet(close) }) else null) {
        EndPage(
            ending,
            Bar(serverTitle(account), wayBack { app.back() }),
            more = { Hint(words.keysLost.hint, centred = true) },
        ) {
            ActionButton(words.keysLost.pairAgain, ButtonKind.PRIMARY, icon = Icons.qrCodeScanner) { app.openScanner() }
            ActionButton(words.keysLost.why, ButtonKind.SECONDARY) { explains = true }
        }
    }
}

@Composable
private fun WhySheet(onClose: () -> Unit) {
    val words = LocalWords.current
    Sheet(onClose) {
        Title(words.keysLost.why)
        Paragraph(words.keysLost.whyText)
        ActionButton(words.common.close, ButtonKind.SECONDARY, onClick = onClose)
    }
}
