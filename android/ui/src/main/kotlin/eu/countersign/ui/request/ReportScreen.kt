package eu.countersign.ui.request

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import eu.countersign.shell.App
import eu.countersign.shell.history.ReportModel
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.WorkingPage
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.problem.ProblemPage
import eu.countersign.ui.words.LocalWords

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
        shown.state == null -> WorkingPage(Bar())
        else -> ReportedPage(app, report.account.label?.iss)
    }
}
