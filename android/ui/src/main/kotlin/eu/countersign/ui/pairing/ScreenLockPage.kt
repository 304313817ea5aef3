package eu.countersign.ui.pairing

import androidx.compose.runtime.Composable
import eu.countersign.shell.App
import eu.countersign.shell.device.SystemPage
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.BigSign
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords

/** Without a screen lock the keys would be open to whoever finds the phone. */
@Composable
internal fun ScreenLockPage(
    app: App,
    onAgain: () -> Unit,
) {
    val words = LocalWords.current
    Page(
        Bar(back = wayBack { app.back() }),
        centred = true,
        foot = {
            ActionButton(words.next.openSettings, ButtonKind.PRIMARY, icon = Icons.settings) {
                app.around.device.open(SystemPage.SCREEN_LOCK)
            }
            ActionButton(words.common.tryAgain, ButtonKind.SECONDARY, icon = Icons.refresh, onClick = onAgain)
        },
    ) {
        BigSign(Icons.lock, Mood.WARNING)
        Title(words.screenLock.title, centred = true)
        Paragraph(words.screenLock.text, centred = true)
    }
}
