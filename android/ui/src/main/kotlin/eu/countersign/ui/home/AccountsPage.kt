package eu.countersign.ui.home

import androidx.compose.foundation.clickable
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.paneTitle
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import eu.countersign.core.Account
import eu.countersign.core.AccountState
import eu.countersign.core.Request
import eu.countersign.core.RequestKind
import eu.countersign.core.Silent
import eu.countersign.shell.App
import eu.countersign.shell.Shown
import eu.countersign.shell.home.HomeModel
import eu.countersign.ui.account.SettledBanner
import eu.countersign.ui.part.AccountRow
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Banner
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.BarAction
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.Chip
import eu.countersign.ui.part.Hairline
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.Monogram
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Onward
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Section
import eu.countersign.ui.part.Sign
import eu.countersign.ui.part.Text
import eu.countersign.ui.part.focusRing
import eu.countersign.ui.part.secondsLeft
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.problem.sentence
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalTimes
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.minutesAndSeconds
import eu.countersign.ui.words.spokenLeft

/** One account or several, and the requests that wait (A3, S1, S2). */
@Composable
internal fun AccountsPage(
    app: App,
    home: HomeModel,
    shown: Shown<HomeModel.State>,
    state: HomeModel.State,
) {
    val words = LocalWords.current
    val bar =
        Bar(
            brand = true,
            actions =
                listOf(
                    BarAction(Icons.history, words.common.history) { app.openHistory() },
                    BarAction(Icons.settings, words.common.settings) { app.openSettings() },
                ),
        )
    Page(
        bar,
        Modifier.semantics { paneTitle = words.accounts.title },
        foot = {
            ActionButton(words.accounts.scan, ButtonKind.PRIMARY, icon = Icons.qrCodeScanner) { app.openScanner() }
            ActionButton(words.accounts.add, ButtonKind.TEXT, icon = Icons.add) { app.openScanner() }
        },
    ) {
        SetAside(app)
        if (state.waiting.isNotEmpty()) Waiting(app, state.waiting, shown.since)
        for (change in state.settled) SettledBanner(change.settled, serverOf(change.account))
        if (state.accounts.size > 1 || state.waiting.isNotEmpty()) Section(words.accounts.title)
        AccountList(app, state.accounts)
        if (state.waiting.isEmpty()) NothingWaits(home, shown, state)
        for (silent in state.silent) SilentAccount(silent)
    }
}

@Composable
private fun Waiting(
    app: App,
    requests: List<Request>,
    since: Long,
) {
    Section(LocalWords.current.accounts.waiting)
    Card {
        for ((place, request) in requests.withIndex()) {
            if (place > 0) Hairline()
            WaitingRow(request, secondsLeft(request.terms.left, since)) { app.openRequest(request) }
        }
    }
}

@Composable
private fun WaitingRow(
    request: Request,
    seconds: Int,
    onClick: () -> Unit,
) {
    val words = LocalWords.current
    val server = serverOf(request.account)
    val isLogin = request.kind == RequestKind.LOGIN
    val title = if (isLogin) words.accounts.signInTo(request.client) else words.accounts.requestOf(request.client)
    val left = words.spokenLeft(seconds)
    val spoken =
        if (isLogin) {
            words.spoken.waitingRequest(request.client, server, left)
        } else {
            words.spoken.waitingSignRequest(request.client, server, left)
        }
    val interaction = remember { MutableInteractionSource() }
    Row(
        Modifier
            .fillMaxWidth()
            .focusRing(interaction, 8.dp)
            .clickable(interaction, null, role = Role.Button, onClick = onClick)
            .semantics { contentDescription = spoken }
            .padding(16.dp),
        Arrangement.spacedBy(14.dp),
        Alignment.CenterVertically,
    ) {
        Monogram(request.account)
        Column(Modifier.weight(1f).clearAndSetSemantics {}, Arrangement.spacedBy(2.dp)) {
            Text(title, style = Styles.bold)
            Hint(words.common.joined(server, words.time.left(minutesAndSeconds(seconds))))
        }
        Onward()
    }
}

@Composable
private fun AccountList(
    app: App,
    accounts: List<Account>,
) {
    Card {
        for ((place, account) in accounts.withIndex()) {
            if (place > 0) Hairline()
            val state = stateOf(account)
            AccountRow(
                account,
                state = state?.let { { Chip(it, Icons.lockClock, Mood.WARNING) } },
                spokenState = state,
                trailing = { Onward() },
            ) { app.openAccount(account) }
        }
    }
}

/** What is to be said of an account that cannot simply be used. */
@Composable
private fun stateOf(account: Account): String? {
    val words = LocalWords.current
    return when (account.state) {
        is AccountState.Active -> null
        is AccountState.Pairing -> words.accounts.pairing
        is AccountState.Removed -> words.accounts.removed
        is AccountState.Damaged -> words.accounts.lostKeys
    }
}

@Composable
private fun NothingWaits(
    home: HomeModel,
    shown: Shown<HomeModel.State>,
    state: HomeModel.State,
) {
    val words = LocalWords.current
    val checked = state.checkedAt
    Card {
        Column(
            Modifier.fillMaxWidth().padding(24.dp),
            Arrangement.spacedBy(8.dp),
            Alignment.CenterHorizontally,
        ) {
            Sign(Icons.inbox, LocalColours.current.text2, 32.dp)
            Text(if (shown.busy) words.accounts.checking else words.accounts.noRequest, style = Styles.bold)
            Hint(checked?.let { words.accounts.checkedAt(LocalTimes.current.clock(it)) } ?: words.accounts.notChecked)
        }
    }
    ActionButton(words.accounts.check, ButtonKind.SECONDARY, icon = Icons.refresh, enabled = !shown.busy) { home.check() }
}

/** A server that gave no list is said: an empty list would look like "nothing waits". */
@Composable
private fun SilentAccount(silent: Silent) {
    val words = LocalWords.current
    val server = serverOf(silent.account)
    Banner(Mood.WARNING, words.accounts.noAnswer(server), words.sentence(silent.problem, server))
}
