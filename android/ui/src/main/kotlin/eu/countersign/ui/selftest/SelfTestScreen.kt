package eu.countersign.ui.selftest

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import eu.countersign.shell.App
import eu.countersign.shell.selftest.SelfTestModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.Hairline
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.WorkingPage
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.problem.ProblemPage
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalTimes
import eu.countersign.ui.words.LocalWords

/** "Why does nothing arrive?": what was found, each with its remedy (H1). */
@Composable
fun SelfTestScreen(
    app: App,
    model: SelfTestModel,
) {
    val words = LocalWords.current.selfTest
    val shown by model.shown.collectAsState()
    val state = shown.state
    val problem = shown.problem
    val bar = Bar(words.bar, wayBack { app.back() })
    when {
        problem != null -> ProblemPage(app, problem, LocalWords.current.common.thisServer) { model.test() }
        state == null -> WorkingPage(bar, words.testing)
        else -> Findings(app, model, bar, state, shown.busy)
    }
}

@Composable
private fun Findings(
    app: App,
    model: SelfTestModel,
    bar: Bar,
    state: SelfTestModel.State,
    busy: Boolean,
) {
    val words = LocalWords.current.selfTest
    val lines = state.findings.map { lineOf(it, state.findings) }.sortedBy { it.weight }
    val wrong = lines.count { it.weight.needsAttention }
    Page(
        bar,
        foot = {
            ActionButton(words.again, ButtonKind.PRIMARY, icon = Icons.refresh, enabled = !busy) { model.test() }
        },
    ) {
        Title(
            if (wrong == 0) words.titleGood else words.title(wrong, "${lines.size}"),
            Modifier.semantics { liveRegion = LiveRegionMode.Polite },
        )
        Card {
            for ((place, line) in lines.withIndex()) {
                if (place > 0) Hairline()
                LineRow(app, model, line)
            }
        }
        Hint(
            if (busy) words.testing else words.testedAt(LocalTimes.current.clock(state.at)),
            Modifier.fillMaxWidth(),
            centred = true,
        )
    }
}
