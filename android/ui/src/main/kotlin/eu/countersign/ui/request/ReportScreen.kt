package eu.countersign.ui.request

/** "It wasn't me", of a request that is over. */
@Composable
fun ReportScreen(
    app: App,
    report: ReportModel,
) {
    val words = LocalWords.current
    val shown by report.shown.collectAsState()
    val problem = shown.problem
    when {
        problem != null -> ProblemPage(app, problem, serverOf(report.account), report.account) { report.report() }
        shown.state == null -> Page(Bar(), centred = true) { Paragraph(words.common.working, centred = true) }
        else -> ReportedPage(app, report.account.label?.iss)
    }
}
