package eu.countersign.ui.account

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import eu.countersign.core.Account
import eu.countersign.core.NoticeWhy
import eu.countersign.core.Problem
import eu.countersign.shell.App
import eu.countersign.shell.Shown
import eu.countersign.shell.account.AccountModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.EndPage
import eu.countersign.ui.part.Ending
import eu.countersign.ui.part.ErrorLine
import eu.countersign.ui.part.Layers
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.NumberedPoint
import eu.countersign.ui.part.Sheet
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.part.serverTitle
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.problem.sentence
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalTimes
import eu.countersign.ui.words.LocalWords

/** Why and when (in seconds since 1970) the server removed this phone, by its own signature. */
internal class Removal(
    val why: NoticeWhy,
    val at: ULong,
)

/** The server has removed this phone (A4, A7). Without its signature deleting is not offered. */
@Composable
internal fun RemovedPage(
    app: App,
    model: AccountModel,
    shown: Shown<AccountModel.State>,
    account: Account,
    removal: Removal?,
) {
    val words = LocalWords.current
    val server = serverOf(account)
    var advises by remember { mutableStateOf(false) }
    val close = { advises = false }
    val above: (@Composable () -> Unit)? = if (advises) ({ NotMeSheet(app, account, close) }) else null
    Layers(close, above) {
        EndPage(
            Ending(Icons.mobileOff, Mood.NEUTRAL, words.removed.title, textOf(server, removal)),
            Bar(serverTitle(account), wayBack { app.back() }),
            more = { Failed(shown, server) },
        ) {
            ActionButton(words.removed.pairAgain, ButtonKind.PRIMARY, icon = Icons.qrCodeScanner) { app.openScanner() }
            if (removal != null) {
                ActionButton(words.removed.delete, ButtonKind.SECONDARY, icon = Icons.delete, enabled = !shown.busy) {
                    model.forget { app.done() }
                }
            }
            if (mayBeSomebodyElse(removal)) {
                ActionButton(words.common.itWasntMe, ButtonKind.DANGER, icon = Icons.gppBad) { advises = true }
            }
        }
    }
}

@Composable
private fun textOf(
    server: String,
    removal: Removal?,
): String {
    val words = LocalWords.current.removed
    val times = LocalTimes.current
    if (removal == null) return words.textNoTime(server)
    val moment = removal.at.toLong() * MILLIS
    val day = times.date(moment)
    val clock = times.clock(moment)
    return when (removal.why) {
        NoticeWhy.WEB -> words.text(server, day, clock)
        NoticeWhy.USER -> words.textUser(server, day, clock)
        NoticeWhy.MOVED -> words.textMoved(server, day, clock)
        NoticeWhy.OPERATOR -> words.textOperator(server, day, clock)
        NoticeWhy.ATTEMPTS -> words.textAttempts(server, day, clock)
    }
}

/** Whether somebody with the person's password or another of their phones may have done it. */
private fun mayBeSomebodyElse(removal: Removal?): Boolean =
    when (removal?.why) {
        NoticeWhy.WEB, NoticeWhy.USER, NoticeWhy.MOVED -> true
        NoticeWhy.OPERATOR, NoticeWhy.ATTEMPTS, null -> false
    }

/** That deleting did not work. That the phone was removed, the page says already. */
@Composable
private fun Failed(
    shown: Shown<AccountModel.State>,
    server: String,
) {
    val problem = shown.problem ?: return
    if (problem !is Problem.Revoked && problem !is Problem.Unreachable) {
        ErrorLine(LocalWords.current.sentence(problem, server))
    }
}

/** A removed phone can report nothing any more: what the person can do is on the web. */
@Composable
private fun NotMeSheet(
    app: App,
    account: Account,
    onClose: () -> Unit,
) {
    val words = LocalWords.current
    val address = account.label?.iss
    Sheet(onClose) {
        Title(words.reported.whatNow)
        NumberedPoint(1, words.reported.password)
        NumberedPoint(2, words.forgottenPin.stepOpen(words.common.pathPhones), listOf(words.common.pathPhones))
        if (address != null) {
            ActionButton(words.reported.change, ButtonKind.PRIMARY, icon = Icons.openInNew) {
                app.around.device.browse(address)
            }
        }
        ActionButton(words.common.close, ButtonKind.TEXT, onClick = onClose)
    }
}

private const val MILLIS = 1000L
