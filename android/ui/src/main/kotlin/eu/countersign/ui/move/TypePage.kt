package eu.countersign.ui.move

import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.clearAndSetSemantics
import eu.countersign.core.MoveState
import eu.countersign.shell.Shown
import eu.countersign.shell.move.MoveModel
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Cells
import eu.countersign.ui.part.ErrorLine
import eu.countersign.ui.part.Keypad
import eu.countersign.ui.part.Keys
import eu.countersign.ui.part.OnBack
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Text
import eu.countersign.ui.part.TimeChip
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.serverOf
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.pin.keyboard
import eu.countersign.ui.problem.sentence
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalWords

/** The six digits that the new phone shows. Nothing is sent before the PIN is typed as well. */
@Composable
internal fun TypePage(
    model: MoveModel,
    shown: Shown<MoveState>,
    state: MoveState.ShowCode,
    seconds: Int,
    onBack: () -> Unit,
) {
    val words = LocalWords.current
    val digits by model.number.digits.collectAsState()
    val keys = Keys(model.number::push, model.number::backspace)
    val ready = model.number.isComplete
    val name = state.account.label?.account ?: serverOf(state.account)
    OnBack(onBack)
    Page(
        Bar(words.move.bar, wayBack(onBack), chip = { TimeChip(seconds) }),
        Modifier.keyboard(keys, !shown.busy),
        foot = {
            Keypad(keys, enabled = !shown.busy, tight = true)
            ActionButton(
                words.move.confirm,
                if (ready) ButtonKind.PRIMARY else ButtonKind.QUIET,
                icon = Icons.check,
                enabled = !shown.busy,
            ) { model.askPin() }
        },
    ) {
        Title(words.move.typeTitle)
        Paragraph(words.move.typeText(name), strong = listOf(name))
        Text(words.move.typeLabel, Modifier.clearAndSetSemantics {}, style = Styles.bold)
        val problem = shown.problem.takeIf { digits.isEmpty() }
        Cells(digits, words.spoken.codeField(digits.length), problem != null) {}
        if (problem != null) ErrorLine(words.sentence(problem, serverOf(state.account)))
    }
}
