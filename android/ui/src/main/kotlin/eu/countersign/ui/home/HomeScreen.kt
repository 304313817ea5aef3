package eu.countersign.ui.home

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
