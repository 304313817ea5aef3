package eu.countersign.ui.part

import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.interaction.collectIsFocusedAsState
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.width
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.drawBehind
import androidx.compose.ui.geometry.CornerRadius
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import eu.countersign.ui.theme.LocalColours

/** A ring of 3 dp, 2 dp away from the part, while it has the keyboard's focus (look.md 2). */
@Composable
fun Modifier.focusRing(
    interaction: MutableInteractionSource,
    radius: Dp = 12.dp,
): Modifier {
    val focused by interaction.collectIsFocusedAsState()
    val colour = LocalColours.current.focus
    if (!focused) return this
    return drawBehind {
        val away = 3.5.dp.toPx()
        drawRoundRect(
            colour,
            Offset(-away, -away),
            Size(size.width + 2 * away, size.height + 2 * away),
            CornerRadius(radius.toPx() + away),
            style = Stroke(3.dp.toPx()),
        )
    }
}
