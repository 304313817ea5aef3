package eu.countersign.ui.account

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.paneTitle
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import eu.countersign.core.Account
import eu.countersign.core.Phone
import eu.countersign.core.Settled
import eu.countersign.shell.App
import eu.countersign.shell.Shown
import eu.countersign.shell.account.AccountModel
import eu.countersign.ui.part.Banner
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.Hairline
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.Layers
import eu.countersign.ui.part.ListRow
import eu.countersign.ui.part.Monogram
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Onward
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Section
import eu.countersign.ui.part.SwitchRow
import eu.countersign.ui.part.Text
import eu.countersign.ui.part.serverTitle
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.keysIn
import eu.countersign.ui.words.protectionOf

/** Everything about an account on one page: phones, security, and the way out (A4). */
@Composable
internal fun AccountPage(
    app: App,
    model: AccountModel,
    shown: Shown<AccountModel.State>,
    state: AccountModel.State,
) {
    var menu by remember(model) { mutableStateOf<Phone?>(null) }
    var renames by remember(model) { mutableStateOf<Phone?>(null) }
    val close = {
        menu = null
        renames = null
        model.understood()
    }
    val chosen = menu
    val renamed = renames
    val above: (@Composable () -> Unit)? =
        when {
            renamed != null -> ({ RenameDialog(model, shown, state.account, renamed.name, close) })
            chosen != null -> (
                {
                    PhoneMenu(chosen, close, onRename = { renames = chosen }) {
                        menu = null
                        app.openRemoval(state.account, chosen)
                    }
                }
            )
            else -> null
        }
    Layers(close, above) {
        Page(Bar(back = wayBack { app.back() })) {
            Head(state.account)
            state.settled?.let { SettledBanner(it) }
            Section(LocalWords.current.account.phones)
            PhoneList(model, shown, state) { menu = it }
            Section(LocalWords.current.account.security)
            Security(app, state.account)
            Card { UnlinkRow(app, state) }
        }
    }
}

/** Whose page this is: where a screen reader begins. */
@Composable
private fun Head(account: Account) {
    val server = serverTitle(account)
    Row(
        Modifier.padding(horizontal = 2.dp),
        Arrangement.spacedBy(14.dp),
        Alignment.CenterVertically,
    ) {
        Monogram(account)
        Column(Modifier.weight(1f)) {
            Text(
                server,
                Modifier.semantics {
                    heading()
                    paneTitle = server
                },
                style = Styles.heading,
            )
            account.label?.let { Hint(it.account) }
        }
    }
}

/** What became of a change whose answer was lost; of which account, where several are on the page. */
@Composable
internal fun SettledBanner(
    settled: Settled,
    server: String? = null,
) {
    val words = LocalWords.current.settled
    val (mood, text) =
        when (settled) {
            Settled.CHANGED -> Mood.SUCCESS to words.changed
            Settled.UNCHANGED -> Mood.INFO to words.unchanged
        }
    if (server == null) Banner(mood, text) else Banner(mood, server, text)
}

@Composable
private fun Security(
    app: App,
    account: Account,
) {
    val words = LocalWords.current
    Card {
        ListRow(words.account.changePin, Icons.pin, trailing = { Onward() }) { app.openPinChange(account) }
        Hairline()
        SwitchRow(words.account.fingerprint, Icons.fingerprint, account.label?.biometrics == true) {
            app.openBiometrics(account)
        }
        Hairline()
        ListRow(words.account.history, Icons.history, trailing = { Onward() }) { app.openHistory() }
        Hairline()
        ListRow(words.account.move, Icons.swapHoriz, trailing = { Onward() }) { app.openMove(listOf(account)) }
        account.label?.level?.let { level ->
            Hairline()
            ListRow(words.keysIn(level), Icons.encrypted, words.account.protection(words.protectionOf(level)))
        }
    }
}

@Composable
private fun UnlinkRow(
    app: App,
    state: AccountModel.State,
) = ListRow(LocalWords.current.account.unlink, Icons.linkOff, danger = true) {
    app.openUnlink(state.account, state.phones?.size)
}
