package eu.countersign.ui.settings

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import eu.countersign.core.Account
import eu.countersign.core.AccountId
import eu.countersign.shell.App
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.ErrorLine
import eu.countersign.ui.part.Hairline
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.words.LocalWords

/** Which accounts shall move to a new phone: all, unless the person says otherwise (A6). */
@Composable
internal fun MoveChoicePage(
    app: App,
    accounts: List<Account>,
    onClose: () -> Unit,
) {
    val words = LocalWords.current
    var left by remember { mutableStateOf(emptySet<AccountId>()) }
    var missing by remember { mutableStateOf(false) }
    val chosen = accounts.filter { it.id !in left }
    Page(
        Bar(words.move.bar, wayBack(onClose)),
        foot = {
            ActionButton(words.common.goOn, if (chosen.isEmpty()) ButtonKind.QUIET else ButtonKind.PRIMARY) {
                if (chosen.isEmpty()) missing = true else app.openMove(chosen)
            }
        },
    ) {
        Title(words.move.chooseTitle)
        Paragraph(words.move.chooseText)
        Card {
            for ((place, account) in accounts.withIndex()) {
                if (place > 0) Hairline()
                TickRow(serverOf(account), account.label?.account, account.id !in left) { moves ->
                    left = if (moves) left - account.id else left + account.id
                    missing = false
                }
            }
        }
        if (missing) ErrorLine(words.move.chooseNone)
    }
}
