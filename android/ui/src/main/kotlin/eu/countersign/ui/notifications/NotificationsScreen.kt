package eu.countersign.ui.notifications

import androidx.compose.runtime.Composable
import eu.countersign.shell.App
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.BigSign
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Title
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords

/** Why notifications are wanted and how little they say, before the system asks (H1). */
@Composable
fun NotificationsScreen(app: App) {
    val words = LocalWords.current
    val quoted = words.notifications.quoted
    Page(
        Bar(),
        centred = true,
        foot = {
            ActionButton(words.notifications.allow, ButtonKind.PRIMARY) { app.answerNotifications(wanted = true) }
            ActionButton(words.common.notNow, ButtonKind.SECONDARY) { app.answerNotifications(wanted = false) }
            Hint(words.notifications.hint, centred = true)
        },
    ) {
        BigSign(Icons.notifications, Mood.INFO)
        Title(words.notifications.title, centred = true)
        Paragraph(words.notifications.text(quoted), strong = listOf(quoted), centred = true)
    }
}
