package eu.countersign.ui.account

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import eu.countersign.core.AccountState
import eu.countersign.core.Problem
import eu.countersign.core.Standing
import eu.countersign.shell.App
import eu.countersign.shell.Shown
import eu.countersign.shell.account.AccountModel
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.WorkingPage
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.problem.ProblemPage
import eu.countersign.ui.words.LocalWords

/** One account with its phones, or what has become of it (A2, A4, A7, A8). */
@Composable
fun AccountScreen(
    app: App,
    model: AccountModel,
) {
    val words = LocalWords.current
    val shown by model.shown.collectAsState()
    LaunchedEffect(model) {
        // What was done on a page in front of this one shows here.
        if (model.shown.value.state
                ?.standing != null
        ) {
            model.refresh()
        }
    }
    val state = shown.state
    val problem = shown.problem
    when {
        problem is Problem.NoSuchAccount -> ProblemPage(app, problem, words.common.thisServer)
        state != null -> Known(app, model, shown, state)
        problem != null -> ProblemPage(app, problem, words.common.thisServer) { model.begin() }
        else -> WorkingPage(Bar(back = wayBack { app.back() }))
    }
}

@Composable
private fun Known(
    app: App,
    model: AccountModel,
    shown: Shown<AccountModel.State>,
    state: AccountModel.State,
) {
    when (val now = state.account.state) {
        is AccountState.Active -> Active(app, model, shown, state)
        is AccountState.Pairing -> PairingWaitsPage(app, model, shown, state.account, now.code)
        is AccountState.Removed -> RemovedPage(app, model, shown, state.account, Removal(now.why, now.at))
        is AccountState.Damaged -> KeysLostPage(app, state.account)
    }
}

/** Active as far as this phone knows: the server may have said otherwise a moment ago. */
@Composable
private fun Active(
    app: App,
    model: AccountModel,
    shown: Shown<AccountModel.State>,
    state: AccountModel.State,
) {
    val problem = shown.problem
    when {
        problem is Problem.NeedsRepair -> KeysLostPage(app, state.account)
        problem is Problem.Locked -> LockedPage(app, state.account, problem.notice?.why)
        state.standing == Standing.LOCKED -> LockedPage(app, state.account, null)
        state.standing == Standing.FORGOTTEN -> RemovedPage(app, model, shown, state.account, null)
        state.standing == Standing.ENROLLING -> PairingWaitsPage(app, model, shown, state.account, null)
        problem is Problem.Revoked ->
            RemovedPage(app, model, shown, state.account, problem.notice?.let { Removal(it.why, it.at) })
        else -> AccountPage(app, model, shown, state)
    }
}
