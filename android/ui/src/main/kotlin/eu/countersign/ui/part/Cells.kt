package eu.countersign.ui.part

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.LayoutDirection
import androidx.compose.ui.unit.dp
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles

/** Six cells, three and three, always from left to right. One field for a screen reader. */
@Composable
fun Cells(
    digits: String,
    spoken: String,
    wrong: Boolean = false,
    current: Boolean = true,
    onClick: () -> Unit,
) {
    val interaction = remember { MutableInteractionSource() }
    CompositionLocalProvider(LocalLayoutDirection provides LayoutDirection.Ltr) {
        Row(
            Modifier
                .fillMaxWidth()
                .focusRing(interaction)
                .clickable(interaction, null, onClick = onClick)
                .spokenButton(spoken, true, onClick),
            Arrangement.spacedBy(6.dp, Alignment.CenterHorizontally),
        ) {
            repeat(COUNT) { place ->
                if (place == COUNT / 2) Spacer(Modifier.width(6.dp))
                Cell(digits.getOrNull(place), wrong, current && place == digits.length, Modifier.weight(1f, fill = false))
            }
        }
    }
}

@Composable
private fun Cell(
    digit: Char?,
    wrong: Boolean,
    current: Boolean,
    modifier: Modifier,
) {
    val colours = LocalColours.current
    val border =
        if (wrong) {
            colours.danger.sign
        } else if (current) {
            colours.primary
        } else {
            colours.outline
        }
    Box(
        modifier
            .width(48.dp)
            .height(56.dp)
            .clip(SHAPE)
            .background(colours.surface)
            .border(if (current) 3.dp else 2.dp, border, SHAPE),
        Alignment.Center,
    ) {
        if (digit != null) Text("$digit", style = cellType(), color = colours.text)
        if (current) Box(Modifier.width(2.dp).height(28.dp).background(colours.primary))
    }
}

/** Cells keep their size, so their digits do. */
@Composable
private fun cellType(): TextStyle =
    with(LocalDensity.current) {
        Styles.digits.copy(fontSize = 28.dp.toSp(), lineHeight = 32.dp.toSp(), fontWeight = FontWeight.SemiBold)
    }

private const val COUNT = 6
private val SHAPE = RoundedCornerShape(10.dp)
