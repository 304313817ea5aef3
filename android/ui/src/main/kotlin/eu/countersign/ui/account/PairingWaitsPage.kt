package eu.countersign.ui.account

import androidx.compose.runtime.Composable
import eu.countersign.core.Account
import eu.countersign.shell.App
import eu.countersign.shell.Shown
import eu.countersign.shell.account.AccountModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Banner
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.CodeDisplay
import eu.countersign.ui.part.ErrorLine
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.part.serverTitle
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.problem.sentence
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.beginning

/** A pairing that was left before its code was typed: it still can be. */
@Composable
internal fun PairingWaitsPage(
    app: App,
    model: AccountModel,
    shown: Shown<AccountModel.State>,
    account: Account,
    code: String?,
) {
    val words = LocalWords.current
    val server = serverOf(account)
    val phone = app.around.device.name
    Page(
        Bar(serverTitle(account), wayBack { app.back() }),
        foot = {
            ActionButton(words.next.checkAgain, ButtonKind.PRIMARY, icon = Icons.refresh, enabled = !shown.busy) {
                model.refresh()
            }
        },
    ) {
        if (code != null) {
            Title(words.pairCode.title)
            CodeDisplay(code)
            Paragraph(words.pairCode.text(phone), strong = listOf(phone))
            Banner(Mood.INFO, words.pairCode.onlyThereTitle, words.beginning(words.pairCode.onlyThereText(server)))
        } else {
            Title(words.pairCode.confirmTitle)
            Paragraph(words.pairCode.confirmText(phone), strong = listOf(phone))
        }
        val problem = shown.problem
        if (problem != null) {
            ErrorLine(words.sentence(problem, server))
        } else {
            Hint(if (shown.busy) words.common.working else words.pairCode.waiting)
        }
    }
}
