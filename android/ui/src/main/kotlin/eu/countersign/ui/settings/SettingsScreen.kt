package eu.countersign.ui.settings

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import eu.countersign.core.Account
import eu.countersign.core.AccountState
import eu.countersign.shell.App
import eu.countersign.shell.Place
import eu.countersign.ui.part.Layers
import eu.countersign.ui.part.OnBack

/** What the person may choose about the app, and what there is to read about it. */
@Composable
fun SettingsScreen(app: App) {
    var inner by remember { mutableStateOf<Inner?>(null) }
    val accounts = activeAccounts(app)
    val close = { inner = null }
    when (inner) {
        null -> SettingsPage(app, accounts) { inner = it }
        Inner.LANGUAGE -> Layers(close, { LanguageSheet(app, close) }) { SettingsPage(app, accounts) {} }
        Inner.APPEARANCE -> Layers(close, { AppearanceSheet(app, close) }) { SettingsPage(app, accounts) {} }
        Inner.MOVE -> InnerPage(close) { MoveChoicePage(app, accounts, close) }
        Inner.HELP -> InnerPage(close) { HelpPage(close) }
        Inner.ACCESSIBILITY -> InnerPage(close) { AccessibilityPage(close) }
        Inner.ABOUT -> InnerPage(close) { AboutPage(close) }
    }
}

/** What opens above the settings or in their place. */
internal enum class Inner { LANGUAGE, APPEARANCE, MOVE, HELP, ACCESSIBILITY, ABOUT }

@Composable
private fun InnerPage(
    onClose: () -> Unit,
    page: @Composable () -> Unit,
) {
    OnBack(onClose)
    page()
}

/** The accounts that can move, as the first page knows them. */
@Composable
private fun activeAccounts(app: App): List<Account> {
    val first =
        app.way.places
            .collectAsState()
            .value
            .first()
    val home = (first as? Place.Home)?.home ?: return emptyList()
    val shown by home.shown.collectAsState()
    return shown.state
        ?.accounts
        .orEmpty()
        .filter { it.state is AccountState.Active }
}
