package eu.countersign.ui.home

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import eu.countersign.shell.App
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.BarAction
import eu.countersign.ui.part.BigSign
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Layers
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Sheet
import eu.countersign.ui.part.Title
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords

/** The first thing that a person sees (P1). */
@Composable
internal fun WelcomePage(app: App) {
    val words = LocalWords.current
    var explains by remember { mutableStateOf(false) }
    val close = { explains = false }
    Layers(close, if (explains) ({ AccountFirst(close) }) else null) {
        Page(
            Bar(brand = true, actions = listOf(BarAction(Icons.settings, words.common.settings) { app.openSettings() })),
            foot = {
                ActionButton(words.welcome.pair, ButtonKind.PRIMARY, icon = Icons.qrCodeScanner) { app.openScanner() }
                ActionButton(words.welcome.move, ButtonKind.SECONDARY, icon = Icons.swapHoriz) { app.openScanner(moving = true) }
                ActionButton(words.welcome.noAccount, ButtonKind.TEXT) { explains = true }
            },
        ) {
            SetAside(app)
            Box(Modifier.fillMaxWidth().heightIn(min = 220.dp), Alignment.Center) { WelcomePicture() }
            Title(words.welcome.title)
            Paragraph(words.welcome.text)
        }
    }
}

/** An account comes first, and it is not made here. */
@Composable
private fun AccountFirst(onClose: () -> Unit) {
    val words = LocalWords.current
    Sheet(onClose) {
        Title(words.welcome.noAccountTitle)
        Paragraph(words.welcome.noAccountText(words.common.pathAddPhone), strong = listOf(words.common.pathAddPhone))
        ActionButton(words.common.close, ButtonKind.SECONDARY, onClick = onClose)
    }
}

/** No account is left (A3). */
@Composable
internal fun NoAccountPage(app: App) {
    val words = LocalWords.current
    Page(
        Bar(brand = true, actions = listOf(BarAction(Icons.settings, words.common.settings) { app.openSettings() })),
        centred = true,
        foot = {
            ActionButton(words.welcome.pair, ButtonKind.PRIMARY, icon = Icons.qrCodeScanner) { app.openScanner() }
            ActionButton(words.welcome.move, ButtonKind.SECONDARY, icon = Icons.swapHoriz) { app.openScanner(moving = true) }
        },
    ) {
        SetAside(app)
        BigSign(Icons.keyVertical, Mood.NEUTRAL)
        Title(words.noAccounts.title, centred = true)
        Paragraph(words.noAccounts.text(words.common.pathPhones), strong = listOf(words.common.pathPhones), centred = true)
    }
}
