package eu.countersign.ui.forgotten

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import eu.countersign.core.Account
import eu.countersign.shell.App
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Banner
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.NumberedPoint
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Text
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalWords

/** Why a PIN cannot be looked up, and how one gets a new one (A8). */
@Composable
fun ForgottenPinScreen(
    app: App,
    account: Account,
) {
    val words = LocalWords.current
    val own = words.forgottenPin
    val address = account.label?.iss
    Page(
        Bar(own.bar, wayBack { app.back() }),
        foot = {
            if (address != null) {
                ActionButton(own.open, ButtonKind.PRIMARY, icon = Icons.openInNew) { app.around.device.browse(address) }
            }
            ActionButton(own.remember, ButtonKind.SECONDARY) { app.back() }
        },
    ) {
        Title(own.title)
        Paragraph(own.text)
        Text(own.steps, Modifier.semantics { heading() }, style = Styles.bold)
        Column(verticalArrangement = Arrangement.spacedBy(12.dp)) {
            NumberedPoint(1, own.stepOpen(words.common.pathPhones), listOf(words.common.pathPhones))
            NumberedPoint(2, own.stepRemove(own.addPhone), listOf(own.addPhone))
            NumberedPoint(3, own.stepScan)
        }
        Banner(Mood.INFO, own.historyTitle, own.historyText(serverOf(account)))
    }
}
