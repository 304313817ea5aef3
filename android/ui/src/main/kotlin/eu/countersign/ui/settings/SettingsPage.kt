package eu.countersign.ui.settings

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.paneTitle
import androidx.compose.ui.semantics.semantics
import eu.countersign.core.Account
import eu.countersign.shell.App
import eu.countersign.shell.device.SystemPage
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.Hairline
import eu.countersign.ui.part.ListRow
import eu.countersign.ui.part.Onward
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.SwitchRow
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.words.LocalWords

/** Three cards: what is chosen, what is done, what is read. */
@Composable
internal fun SettingsPage(
    app: App,
    accounts: List<Account>,
    onOpen: (Inner) -> Unit,
) {
    val words = LocalWords.current.settings
    Page(Bar(words.title, wayBack { app.back() }), Modifier.semantics { paneTitle = words.title }) {
        Card { Chosen(app, onOpen) }
        Card { Done(app, accounts, onOpen) }
        Card { Read(onOpen) }
    }
}

@Composable
private fun Chosen(
    app: App,
    onOpen: (Inner) -> Unit,
) {
    val words = LocalWords.current.settings
    val choices by app.choices.collectAsState()
    val notifications =
        app.around.device
            .permissions()
            .notifications
    if (notifications != null) {
        ListRow(
            words.notifications,
            Icons.notifications,
            if (notifications) words.notificationsOn else words.notificationsOff,
            hintColour =
                LocalColours.current.danger.sign
                    .takeIf { !notifications },
            trailing = { Onward() },
        ) { app.around.device.open(SystemPage.NOTIFICATIONS) }
        Hairline()
    }
    ListRow(words.language, Icons.language, nameOf(choices.language, words), trailing = { Onward() }) {
        onOpen(Inner.LANGUAGE)
    }
    Hairline()
    ListRow(words.appearance, Icons.contrast, nameOf(choices.appearance, words), trailing = { Onward() }) {
        onOpen(Inner.APPEARANCE)
    }
}

@Composable
private fun Done(
    app: App,
    accounts: List<Account>,
    onOpen: (Inner) -> Unit,
) {
    val words = LocalWords.current.settings
    val choices by app.choices.collectAsState()
    ListRow(words.selfTest, Icons.networkCheck, words.selfTestHint, trailing = { Onward() }) { app.openSelfTest() }
    Hairline()
    SwitchRow(words.calls, Icons.phoneInTalk, choices.warnOfCalls) { app.choose(choices.copy(warnOfCalls = it)) }
    if (accounts.isNotEmpty()) {
        Hairline()
        ListRow(words.move, Icons.swapHoriz, trailing = { Onward() }) { onOpen(Inner.MOVE) }
    }
}

@Composable
private fun Read(onOpen: (Inner) -> Unit) {
    val words = LocalWords.current.settings
    val version = LocalAppVersion.current
    ListRow(words.help, Icons.help, trailing = { Onward() }) { onOpen(Inner.HELP) }
    Hairline()
    ListRow(words.accessibility, Icons.accessibilityNew, trailing = { Onward() }) { onOpen(Inner.ACCESSIBILITY) }
    Hairline()
    ListRow(words.about, Icons.info, version?.let { words.version(it) }, trailing = { Onward() }) { onOpen(Inner.ABOUT) }
}
