package eu.countersign.ui.request

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.unit.dp
import eu.countersign.core.DenyWhy
import eu.countersign.core.Request
import eu.countersign.core.RequestKind
import eu.countersign.core.SignInState
import eu.countersign.shell.App
import eu.countersign.shell.request.RequestModel
import eu.countersign.ui.part.Banner
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.BarAction
import eu.countersign.ui.part.Cells
import eu.countersign.ui.part.ErrorLine
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.Keypad
import eu.countersign.ui.part.Keys
import eu.countersign.ui.part.Layers
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.OnBack
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Text
import eu.countersign.ui.part.TimeChip
import eu.countersign.ui.part.isLargeType
import eu.countersign.ui.part.secondsLeft
import eu.countersign.ui.pin.keyboard
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalWords
import kotlinx.coroutines.delay

/** What is asked, by whom, from where; the number; three answers of one weight (look.md 3). */
@Composable
internal fun ReadPage(
    app: App,
    model: RequestModel,
    request: Request,
) {
    val shown by model.shown.collectAsState()
    val digits by model.number.digits.collectAsState()
    var reading by remember { mutableStateOf(Reading(typing = shown.state is SignInState.WrongNumber)) }
    val seconds = secondsLeft(request.terms.left, model.readAt)
    val covered = LocalCovered.current
    val armed = armed() && !covered
    val answers =
        AnswerSet(
            enabled = !shown.busy,
            onApprove = { if (armed && !model.approve()) reading = reading.copy(typing = true, missing = true) },
            onCancel = { model.deny(DenyWhy.CANCEL) },
            onNotMe = { reading = reading.copy(sheet = true) },
        )
    val keys =
        Keys(
            onDigit = {
                reading = reading.copy(typing = true, missing = false)
                model.number.push(it)
            },
            onDelete = model.number::backspace,
        )
    val compact = reading.typing && request.terms.needsNumber && !isLargeType()
    val back = { reading = reading.copy(sheet = false) }
    OnBack { reading = reading.copy(sheet = true) }
    Layers(back, if (reading.sheet) ({ DenySheet(request, { model.deny(it) }, back) }) else null) {
        Page(
            requestBar(request, seconds) { reading = reading.copy(sheet = true) },
            if (request.terms.needsNumber) Modifier.keyboard(keys, !shown.busy) else Modifier,
            foot = {
                if (reading.typing && request.terms.needsNumber) Keypad(keys, tight = true, enabled = !shown.busy)
                Answers(answers, tiles = (compact || request.rows.isNotEmpty()) && !isLargeType())
            },
        ) {
            if (covered) Banner(Mood.DANGER, LocalWords.current.request.covered)
            RequestBody(request, compact)
            if (request.terms.needsNumber) {
                val wrong = (shown.state as? SignInState.WrongNumber).takeIf { digits.isEmpty() }
                NumberPart(digits, reading, wrong) { reading = reading.copy(typing = true) }
            }
        }
    }
}

/** Whether another app lies over this one: then nothing can be approved, and it is said why. */
val LocalCovered = staticCompositionLocalOf { false }

/** What the page itself remembers. */
private data class Reading(
    val typing: Boolean = false,
    val missing: Boolean = false,
    val sheet: Boolean = false,
)

/** "Approve" works 700 ms after it was drawn: nobody approves what just slid under the finger (protocol 3.4.4). */
@Composable
private fun armed(): Boolean {
    var armed by remember { mutableStateOf(false) }
    LaunchedEffect(Unit) {
        delay(ARMED_AFTER)
        armed = true
    }
    return armed
}

@Composable
private fun requestBar(
    request: Request,
    seconds: Int,
    onClose: () -> Unit,
): Bar {
    val words = LocalWords.current
    val title =
        when {
            isLargeType() -> words.request.titleShort
            request.kind == RequestKind.SIGN -> words.request.signTitle
            else -> words.request.title
        }
    return Bar(title, BarAction(Icons.close, words.common.close, onClose), chip = { TimeChip(seconds) })
}

@Composable
private fun NumberPart(
    digits: String,
    reading: Reading,
    wrong: SignInState.WrongNumber?,
    onClick: () -> Unit,
) {
    val words = LocalWords.current
    Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(8.dp)) {
        Text(words.request.numberLabel, Modifier.clearAndSetSemantics {}, style = Styles.bold)
        Cells(digits, words.spoken.numberField(digits.length), wrong != null, onClick = onClick)
        when {
            wrong != null -> ErrorLine(wrongNumber(wrong))
            reading.missing -> ErrorLine(words.request.numberMissing)
            !reading.typing || isLargeType() -> Hint(words.request.numberHint)
        }
    }
}

@Composable
private fun wrongNumber(state: SignInState.WrongNumber): String {
    val words = LocalWords.current
    return state.left?.let { words.numberWrong.text(it.toInt()) } ?: words.numberWrong.textUnknown
}

private const val ARMED_AFTER = 700L
