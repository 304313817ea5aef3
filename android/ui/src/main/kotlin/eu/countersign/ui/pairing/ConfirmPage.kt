package eu.countersign.ui.pairing

import androidx.compose.runtime.Composable
import eu.countersign.core.PairingState
import eu.countersign.shell.App
import eu.countersign.shell.pairing.PairingModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Banner
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.Hairline
import eu.countersign.ui.part.ListRow
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Title
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords

/** "Pair with this server for this account?" The address always stands beside the name. */
@Composable
internal fun ConfirmPage(
    app: App,
    pairing: PairingModel,
    state: PairingState.Confirm,
    busy: Boolean,
) {
    val words = LocalWords.current
    val host = state.iss.substringAfter("://")
    Page(
        Bar(back = backBar(app)),
        foot = {
            val yes = if (busy) words.common.working else words.pairConfirm.yes
            ActionButton(yes, ButtonKind.PRIMARY, icon = Icons.check, enabled = !busy) { pairing.accept() }
            ActionButton(words.common.cancel, ButtonKind.SECONDARY, icon = Icons.close) { app.done() }
        },
    ) {
        Title(words.pairConfirm.title(state.server))
        Card {
            ListRow(state.account, Icons.keyVertical, words.pairConfirm.account)
            Hairline()
            ListRow(host, Icons.verifiedUser, words.pairConfirm.server)
        }
        Banner(Mood.INFO, words.pairConfirm.askTitle, words.pairConfirm.askText)
    }
}
