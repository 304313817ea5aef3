package eu.countersign.ui.home

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import eu.countersign.shell.App
import eu.countersign.shell.home.HomeModel
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.Page
import eu.countersign.ui.problem.ProblemPage
import eu.countersign.ui.words.LocalWords

/** Accounts and what waits; the welcome before the first account. */
@Composable
fun HomeScreen(
    app: App,
    home: HomeModel,
) {
    val shown by home.shown.collectAsState()
    val state = shown.state
    val problem = shown.problem
    var hadAccount by rememberSaveable { mutableStateOf(false) }
    LaunchedEffect(state) { if (state != null && state.accounts.isNotEmpty()) hadAccount = true }
    when {
        state == null && problem != null -> ProblemPage(app, problem, LocalWords.current.common.thisServer) { app.start() }
        state == null -> Page(Bar(brand = true)) {}
        state.accounts.isNotEmpty() -> AccountsPage(app, home, shown, state)
        hadAccount -> NoAccountPage(app)
        else -> WelcomePage(app)
    }
}
