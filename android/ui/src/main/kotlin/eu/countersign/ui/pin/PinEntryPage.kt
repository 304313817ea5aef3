package eu.countersign.ui.pin

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.paneTitle
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.traversalIndex
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import eu.countersign.shell.PinPad
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.Dots
import eu.countersign.ui.part.ErrorLine
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.Keypad
import eu.countersign.ui.part.Keys
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Text
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalWords
import kotlinx.coroutines.delay

/** What a PIN is asked for, and what is to be said about it. */
class PinAsk(
    val title: String,
    val purpose: String? = null,
    /** Parts of [purpose] in bold. */
    val strong: List<String> = emptyList(),
    val hint: String? = null,
    val error: String? = null,
    val busy: Boolean = false,
    val minDigits: Int = MIN_DIGITS,
)

/** A PIN, typed digit by digit. What was typed is only ever a number of dots. */
@Composable
fun PinEntryPage(
    bar: Bar,
    ask: PinAsk,
    pad: PinPad,
    foot: @Composable ColumnScope.() -> Unit = {},
    beside: @Composable ColumnScope.() -> Unit = {},
    onOk: () -> Unit,
) {
    val typed by pad.typed.collectAsState()
    var missing by remember { mutableStateOf(false) }
    LaunchedEffect(typed) {
        delay(IDLE)
        pad.clear()
    }
    val enough = typed >= ask.minDigits
    val keys =
        Keys(
            onDigit = {
                missing = false
                pad.push(it)
            },
            onDelete = pad::backspace,
            onOk = { if (pad.typed.value >= ask.minDigits) onOk() else missing = true },
        )
    Page(
        bar,
        Modifier.keyboard(keys, !ask.busy),
        foot = {
            Keypad(keys, enough, !ask.busy)
            foot()
        },
    ) {
        Question(ask, typed, missing, beside)
    }
}

@Composable
private fun Question(
    ask: PinAsk,
    typed: Int,
    missing: Boolean,
    beside: @Composable ColumnScope.() -> Unit,
) {
    val words = LocalWords.current
    val error = ask.error?.takeIf { typed == 0 }
    Column(
        Modifier.fillMaxWidth().semantics { isTraversalGroup = true },
        Arrangement.spacedBy(12.dp),
        Alignment.CenterHorizontally,
    ) {
        Asked(ask)
        Dots(typed, error != null)
        when {
            ask.busy -> Hint(words.common.working, centred = true)
            error != null -> ErrorLine(error, Modifier.semantics { traversalIndex = BEFORE_DOTS })
            missing -> ErrorLine(words.choosePin.tooShort(ask.minDigits))
            ask.hint != null -> Hint(ask.hint, centred = true)
        }
        beside()
    }
}

/** What is asked and what for: one heading, so that a screen reader says both before anything is typed. */
@Composable
private fun Asked(ask: PinAsk) {
    val purpose = ask.purpose
    Column(
        Modifier.semantics(mergeDescendants = true) {
            heading()
            paneTitle = listOfNotNull(ask.title, purpose).joinToString(" ")
            traversalIndex = FIRST
        },
        Arrangement.spacedBy(12.dp),
        Alignment.CenterHorizontally,
    ) {
        Text(ask.title, style = Styles.title, textAlign = TextAlign.Center)
        if (purpose != null) Paragraph(purpose, strong = ask.strong, centred = true)
    }
}

/** An error stands below the dots and is read before them. */
private const val BEFORE_DOTS = -1f
private const val FIRST = -2f

/** Digits that nobody goes on with are wiped (architecture 2.4). */
private const val IDLE = 60_000L
private const val MIN_DIGITS = 4
