package eu.countersign.ui.part

import androidx.compose.foundation.text.TextAutoSize
import androidx.compose.foundation.text.modifiers.TextAutoSizeLayoutScope
import androidx.compose.material3.LocalTextStyle
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.text.AnnotatedString
import androidx.compose.ui.text.TextLayoutResult
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.Constraints
import androidx.compose.ui.unit.TextUnit
import androidx.compose.material3.Text as MaterialText

/**
 * Text whose words stay whole. A word that is longer than its line makes the whole text smaller, step by step, instead
 * of going on in the next line: Android could hyphenate it, a computer cannot, and both shall show the same.
 */
@Composable
fun Text(
    text: AnnotatedString,
    modifier: Modifier = Modifier,
    color: Color = Color.Unspecified,
    style: TextStyle = LocalTextStyle.current,
    textAlign: TextAlign? = null,
    maxLines: Int = Int.MAX_VALUE,
    overflow: TextOverflow = TextOverflow.Clip,
) = MaterialText(
    text,
    modifier,
    color,
    WholeWords(style.fontSize),
    textAlign = textAlign,
    overflow = overflow,
    maxLines = maxLines,
    style = style,
)

/** The same, without emphasis. */
@Composable
fun Text(
    text: String,
    modifier: Modifier = Modifier,
    color: Color = Color.Unspecified,
    style: TextStyle = LocalTextStyle.current,
    textAlign: TextAlign? = null,
    maxLines: Int = Int.MAX_VALUE,
    overflow: TextOverflow = TextOverflow.Clip,
) = Text(AnnotatedString(text), modifier, color, style, textAlign, maxLines, overflow)

/** The largest step at which no word is broken; the [full] size if there is none, because then small is no help. */
private data class WholeWords(
    val full: TextUnit,
) : TextAutoSize {
    override fun TextAutoSizeLayoutScope.getFontSize(
        constraints: Constraints,
        text: AnnotatedString,
    ): TextUnit = STEPS.map { full * it }.firstOrNull { performLayout(constraints, text, it).brokenWord() == null } ?: full

    private companion object {
        val STEPS = listOf(1f, 0.95f, 0.9f, 0.85f, 0.8f, 0.75f, 0.7f, 0.65f, 0.6f)
    }
}

/** A word that goes on in the next line. Addresses and codes may: they have no other place to. */
internal fun TextLayoutResult.brokenWord(): String? {
    val text = layoutInput.text.text
    return (0 until lineCount - 1)
        .map { getLineEnd(it) }
        .filter { it in 1..<text.length && text[it - 1] !in BEFORE_A_BREAK && text[it] !in SPACES }
        .map { wordAround(it, text) }
        .firstOrNull { !isAddressOrCode(it) }
}

private fun wordAround(
    place: Int,
    text: String,
): String = text.substring(0, place).takeLastWhile { it !in SPACES } + text.substring(place).takeWhile { it !in SPACES }

private fun isAddressOrCode(word: String): Boolean =
    word.any { it == '@' || it.isDigit() } || word.zipWithNext().any { (one, next) -> one == '.' && next.isLetter() }

/** Where a line may end: narrow spaces that do not break are not among them. */
private val SPACES = setOf(' ', '\n')
private val BEFORE_A_BREAK = SPACES + setOf('-', '–', '/')
