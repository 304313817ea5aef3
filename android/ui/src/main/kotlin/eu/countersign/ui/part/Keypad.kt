package eu.countersign.ui.part

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.interaction.collectIsPressedAsState
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.alpha
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.input.key.Key
import androidx.compose.ui.input.key.KeyEventType
import androidx.compose.ui.input.key.key
import androidx.compose.ui.input.key.onPreviewKeyEvent
import androidx.compose.ui.input.key.type
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalWords

/** What a keypad does. */
class Keys(
    val onDigit: (Int) -> Unit,
    val onDelete: () -> Unit,
    /** OK, or nothing where the answers stand below. */
    val onOk: (() -> Unit)? = null,
)

/** Three columns of digits in their usual places, delete at the bottom left, OK at the bottom right. */
@Composable
fun Keypad(
    keys: Keys,
    okAwake: Boolean = false,
    enabled: Boolean = true,
    tight: Boolean = false,
) {
    val words = LocalWords.current
    Column(
        Modifier
            .fillMaxWidth()
            .alpha(if (enabled) 1f else DIMMED)
            .semantics {
                isTraversalGroup = true
                contentDescription = words.spoken.numberPad
            },
        Arrangement.spacedBy(8.dp),
    ) {
        for (row in ROWS) {
            KeyRow { for (digit in row) DigitKey(digit, enabled, tight) { keys.onDigit(digit) } }
        }
        KeyRow {
            DeleteKey(enabled, tight, keys.onDelete)
            DigitKey(0, enabled, tight) { keys.onDigit(0) }
            if (keys.onOk != null) OkKey(okAwake, enabled, tight, keys.onOk) else Spacer(Modifier.weight(1f))
        }
    }
}

@Composable
private fun KeyRow(content: @Composable RowScope.() -> Unit) = Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(8.dp), content = content)

@Composable
private fun RowScope.DigitKey(
    digit: Int,
    enabled: Boolean,
    tight: Boolean,
    onClick: () -> Unit,
) = KeyFrame(LocalColours.current.surface, LocalColours.current.line, enabled, tight, digit.toString(), onClick) {
    Text("$digit", style = keyType(26.dp).copy(fontWeight = FontWeight.Medium), color = LocalColours.current.text)
}

@Composable
private fun RowScope.DeleteKey(
    enabled: Boolean,
    tight: Boolean,
    onClick: () -> Unit,
) = KeyFrame(Color.Transparent, Color.Transparent, enabled, tight, LocalWords.current.spoken.deleteLastDigit, onClick) {
    Sign(Icons.backspace)
}

/** A quiet OK can be pressed and says what is missing. */
@Composable
private fun RowScope.OkKey(
    awake: Boolean,
    enabled: Boolean,
    tight: Boolean,
    onClick: () -> Unit,
) {
    val colours = LocalColours.current
    val ground = if (awake) colours.primary else colours.surface3
    val word = LocalWords.current.common.ok
    KeyFrame(ground, ground, enabled, tight, word, onClick) {
        val ink = if (awake) colours.onPrimary else colours.text2
        Text(word, style = keyType(18.dp).copy(fontWeight = FontWeight.SemiBold), color = ink)
    }
}

@Composable
private fun RowScope.KeyFrame(
    ground: Color,
    border: Color,
    enabled: Boolean,
    tight: Boolean,
    spoken: String,
    onClick: () -> Unit,
    face: @Composable () -> Unit,
) {
    val interaction = remember { MutableInteractionSource() }
    Box(
        Modifier
            .weight(1f)
            .height(if (tight) 52.dp else 58.dp)
            .focusRing(interaction)
            .clip(SHAPE)
            .background(if (interaction.collectIsPressedAsState().value) LocalColours.current.surface3 else ground)
            .border(1.dp, border, SHAPE)
            .clickable(interaction, null, enabled, role = Role.Button, onClick = onClick)
            .spokenButton(spoken, enabled, onClick),
        Alignment.Center,
    ) { face() }
}

/** Keys keep their height, so their type keeps its size. */
@Composable
private fun keyType(size: Dp): TextStyle =
    with(LocalDensity.current) { Styles.digits.copy(fontSize = size.toSp(), lineHeight = size.toSp()) }

/** Digits, delete and OK of a keyboard do the same. */
fun Modifier.typedInto(keys: Keys): Modifier =
    onPreviewKeyEvent { event ->
        val digit = digitOf(event.key)
        when {
            event.type != KeyEventType.KeyDown -> false
            digit != null -> true.also { keys.onDigit(digit) }
            event.key == Key.Backspace -> true.also { keys.onDelete() }
            event.key == Key.Enter && keys.onOk != null -> true.also { keys.onOk.invoke() }
            else -> false
        }
    }

private fun digitOf(key: Key): Int? = DIGITS.indexOf(key).takeIf { it >= 0 } ?: NUMPAD.indexOf(key).takeIf { it >= 0 }

private val DIGITS =
    listOf(Key.Zero, Key.One, Key.Two, Key.Three, Key.Four, Key.Five, Key.Six, Key.Seven, Key.Eight, Key.Nine)
private val NUMPAD =
    listOf(
        Key.NumPad0,
        Key.NumPad1,
        Key.NumPad2,
        Key.NumPad3,
        Key.NumPad4,
        Key.NumPad5,
        Key.NumPad6,
        Key.NumPad7,
        Key.NumPad8,
        Key.NumPad9,
    )
private val ROWS = listOf(1..3, 4..6, 7..9)
private val SHAPE = RoundedCornerShape(12.dp)
private const val DIMMED = 0.45f
