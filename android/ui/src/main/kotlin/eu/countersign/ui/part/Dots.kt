package eu.countersign.ui.part

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.draw.drawBehind
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.unit.dp
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalWords

/** A dot for each digit, and no empty places: the length is known nowhere. */
@Composable
fun Dots(
    typed: Int,
    wrong: Boolean = false,
) {
    val words = LocalWords.current
    val colours = LocalColours.current
    val line = if (wrong) colours.danger.sign else colours.outline
    Row(
        Modifier
            .heightIn(min = 44.dp)
            .widthIn(min = 200.dp)
            .drawBehind {
                val wide = 2.dp.toPx()
                drawLine(line, Offset(0f, size.height - wide), Offset(size.width, size.height - wide), wide)
            }.padding(horizontal = 20.dp)
            .clearAndSetSemantics {
                contentDescription = words.spoken.digitsTyped(typed)
                liveRegion = LiveRegionMode.Polite
            },
        Arrangement.spacedBy(if (typed > MANY) 8.dp else 18.dp, Alignment.CenterHorizontally),
        Alignment.CenterVertically,
    ) {
        if (typed == 0) Text(words.pin.your, color = colours.text2, style = Styles.body)
        repeat(typed) { Box(Modifier.size(14.dp).clip(CircleShape).background(colours.text)) }
    }
}

private const val MANY = 8
