package eu.countersign.ui.history

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import eu.countersign.core.Account
import eu.countersign.core.Decided
import eu.countersign.core.Deed
import eu.countersign.shell.App
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.EndPage
import eu.countersign.ui.part.Ending
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.NumberedPoint
import eu.countersign.ui.part.Text
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalWords

/** "It wasn't me", after the fact, has arrived: what happened, and what to do now (D1). */
@Composable
internal fun ReportedAfterPage(
    app: App,
    decided: Decided,
    account: Account?,
) {
    val words = LocalWords.current
    val address = account?.label?.iss
    val approved =
        when (decided.deed) {
            Deed.APPROVED, Deed.OFFLINE_CODE, Deed.REPORTED -> true
            Deed.CANCELLED -> false
        }
    val text = if (approved) words.reported.afterText else words.reported.textNoTime
    EndPage(
        Ending(Icons.shield, Mood.DANGER, words.reported.afterTitle, text),
        more = { WhatNow(decided.signInCode) },
    ) {
        if (address != null) {
            ActionButton(words.reported.change, ButtonKind.PRIMARY, icon = Icons.openInNew) {
                app.around.device.browse(address)
            }
        }
        ActionButton(words.common.done, if (address == null) ButtonKind.PRIMARY else ButtonKind.SECONDARY) { app.done() }
    }
}

@Composable
private fun WhatNow(code: String) {
    val words = LocalWords.current.reported
    Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(12.dp)) {
        Text(words.whatNow, Modifier.semantics { heading() }, style = Styles.bold)
        NumberedPoint(1, words.password)
        NumberedPoint(2, words.look)
        NumberedPoint(3, words.code(code), listOf(code))
    }
}
