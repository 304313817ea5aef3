package eu.countersign.ui.home

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import eu.countersign.shell.App
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Banner
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Mood
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords

/** A link that came while something else was on screen: opened by a touch, never by itself. */
@Composable
internal fun SetAside(app: App) {
    val words = LocalWords.current.accounts
    val aside by app.aside.collectAsState()
    if (aside == null) return
    Banner(Mood.INFO, words.requestArrived)
    ActionButton(words.requestArrivedOpen, ButtonKind.SECONDARY, icon = Icons.openInNew) { app.openAside() }
}
