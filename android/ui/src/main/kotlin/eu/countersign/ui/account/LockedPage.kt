package eu.countersign.ui.account

import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import eu.countersign.core.Account
import eu.countersign.core.NoticeWhy
import eu.countersign.shell.App
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.BigSign
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.Hairline
import eu.countersign.ui.part.ListRow
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Onward
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Section
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.beginning

/** The server has locked this phone: two ways out, neither of them here (A8). */
@Composable
internal fun LockedPage(
    app: App,
    account: Account,
    why: NoticeWhy?,
) {
    val words = LocalWords.current
    val server = serverOf(account)
    Page(
        Bar(back = wayBack { app.back() }),
        foot = { ActionButton(words.common.close, ButtonKind.SECONDARY) { app.back() } },
    ) {
        BigSign(Icons.lock, Mood.DANGER)
        Title(words.locked.forGoodTitle(server), Modifier.semantics { liveRegion = LiveRegionMode.Assertive })
        Paragraph(if (why == NoticeWhy.OPERATOR) words.beginning(words.locked.forGoodOperator(server)) else words.locked.forGoodText)
        Section(words.locked.waysOut)
        Card {
            val address = account.label?.iss
            ListRow(
                words.locked.otherPhone,
                Icons.devices,
                words.locked.otherPhoneHint(words.common.pathPhones),
                trailing = address?.let { { Onward() } },
                onClick = address?.let { { app.around.device.browse(it) } },
            )
            Hairline()
            ListRow(words.locked.pairAgain, Icons.qrCodeScanner, words.locked.pairAgainHint, trailing = { Onward() }) {
                app.openScanner()
            }
        }
    }
}
