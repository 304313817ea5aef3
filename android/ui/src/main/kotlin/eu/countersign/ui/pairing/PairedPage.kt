package eu.countersign.ui.pairing

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.produceState
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import eu.countersign.core.Account
import eu.countersign.core.PairingState
import eu.countersign.shell.App
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.BigSign
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.SwitchRow
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords

/** The phone is paired. */
@Composable
internal fun PairedPage(
    app: App,
    state: PairingState.Active,
) {
    val words = LocalWords.current
    val account by produceState<Account?>(null, state.account) { value = app.account(state.account) }
    val paired = account
    Page(
        Bar(),
        centred = true,
        foot = { ActionButton(words.common.done, ButtonKind.PRIMARY) { app.paired() } },
    ) {
        BigSign(Icons.check, Mood.SUCCESS)
        Title(words.pairedDone.title, Modifier.semantics { liveRegion = LiveRegionMode.Polite }, centred = true)
        if (paired != null) {
            val name = paired.label?.account.orEmpty()
            Paragraph(words.pairedDone.text(name, serverOf(paired)), strong = listOf(name), centred = true)
            Card {
                SwitchRow(words.pairedDone.fingerprint, Icons.fingerprint, false, words.pairedDone.fingerprintHint) {
                    app.openBiometrics(paired)
                }
            }
        }
    }
}
