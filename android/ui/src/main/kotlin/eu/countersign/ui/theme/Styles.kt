package eu.countersign.ui.theme

import androidx.compose.foundation.layout.size
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.LineBreak
import androidx.compose.ui.unit.TextUnit
import androidx.compose.ui.unit.em

/** Sizes of type; digits are tabular where they are shown as numbers. */
object Styles {
    private const val TABULAR = "tnum"

    val number = with(Tokens.Type.Number) { style(size, line, WEIGHT) }.copy(fontFeatureSettings = TABULAR, letterSpacing = 0.04.em)
    val title = with(Tokens.Type.Title) { style(size, line, WEIGHT) }.copy(letterSpacing = (-0.01).em, lineBreak = LineBreak.Heading)
    val heading = with(Tokens.Type.Heading) { style(size, line, WEIGHT) }
    val body = with(Tokens.Type.Body) { style(size, line, WEIGHT) }
    val bold = body.copy(fontWeight = FontWeight.SemiBold)
    val button = with(Tokens.Type.Button) { style(size, line, WEIGHT) }
    val row = with(Tokens.Type.Row) { style(size, line, WEIGHT) }
    val small = with(Tokens.Type.Small) { style(size, line, WEIGHT) }
    val smallBold = small.copy(fontWeight = FontWeight.SemiBold)
    val chip = with(Tokens.Type.Chip) { style(size, line, WEIGHT) }.copy(fontFeatureSettings = TABULAR)
    val digits = body.copy(fontFeatureSettings = TABULAR)

    private fun style(
        size: TextUnit,
        line: TextUnit,
        weight: Int,
    ): TextStyle = TextStyle(fontSize = size, lineHeight = line, fontWeight = FontWeight(weight))
}
