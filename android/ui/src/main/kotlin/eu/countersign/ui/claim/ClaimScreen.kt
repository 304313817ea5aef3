package eu.countersign.ui.claim

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import eu.countersign.core.Account
import eu.countersign.core.ClaimState
import eu.countersign.core.Problem
import eu.countersign.shell.App
import eu.countersign.shell.claim.ClaimModel
import eu.countersign.ui.part.AccountRow
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.BarAction
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.Hairline
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.Onward
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.WorkingPage
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.part.wayOut
import eu.countersign.ui.problem.ProblemPage
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords

/** Which account a scanned sign-in is for (A3). */
@Composable
fun ClaimScreen(
    app: App,
    claim: ClaimModel,
) {
    val words = LocalWords.current
    val shown by claim.shown.collectAsState()
    val problem = shown.problem
    if (problem != null) {
        ProblemPage(app, problem, words.common.thisServer) { claim.begin() }
        return
    }
    when (val state = shown.state) {
        null, is ClaimState.Claimed -> Opening(app)
        is ClaimState.ChooseAccount ->
            Choosing(app, claim, state.accounts, words.otherAccount.chooseTitle, chooseText(state.accounts))
        is ClaimState.OtherAccount -> OtherAccount(app, claim, state.accounts)
        is ClaimState.Unanswered ->
            ProblemPage(app, Problem.Unreachable(sent = true), words.common.thisServer) { claim.again(state) }
    }
}

@Composable
private fun chooseText(accounts: List<Account>): String =
    LocalWords.current.otherAccount.chooseText(accounts.firstOrNull()?.let { serverOf(it) }.orEmpty())

@Composable
private fun Opening(app: App) {
    val words = LocalWords.current
    WorkingPage(Bar(words.request.title, wayOut { app.back() }), words.scanner.opening)
}

@Composable
private fun Choosing(
    app: App,
    claim: ClaimModel,
    accounts: List<Account>,
    title: String,
    text: String,
) {
    val words = LocalWords.current
    Page(
        Bar(back = BarAction(Icons.close, words.common.close) { app.back() }),
        foot = { ActionButton(words.otherAccount.notNow, ButtonKind.SECONDARY) { app.back() } },
    ) {
        Title(title)
        Paragraph(text)
        Card {
            for ((place, account) in accounts.withIndex()) {
                if (place > 0) Hairline()
                AccountRow(account, trailing = { Onward() }) { claim.choose(account) }
            }
        }
    }
}

/** The sign-in is for another account than any that this phone would take by itself: named, never switched silently. */
@Composable
private fun OtherAccount(
    app: App,
    claim: ClaimModel,
    accounts: List<Account>,
) {
    val words = LocalWords.current
    val only = accounts.singleOrNull()
    if (only == null) {
        Choosing(app, claim, accounts, words.otherAccount.title, words.otherAccount.text)
        return
    }
    Page(
        Bar(back = BarAction(Icons.close, words.common.close) { app.back() }),
        foot = {
            ActionButton(words.otherAccount.switch, ButtonKind.PRIMARY, icon = Icons.swapHoriz) { claim.choose(only) }
            ActionButton(words.otherAccount.notNow, ButtonKind.SECONDARY) { app.back() }
        },
    ) {
        Title(words.otherAccount.title)
        Hint(words.otherAccount.there)
        Card { AccountRow(only) }
        Paragraph(words.otherAccount.text)
    }
}
