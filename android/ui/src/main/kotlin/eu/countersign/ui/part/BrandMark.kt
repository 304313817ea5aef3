package eu.countersign.ui.part

import androidx.compose.foundation.Image
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.rememberVectorPainter
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Mark

/** The two halves, in the colours of day or night. */
@Composable
internal fun BrandMark(size: Dp = 28.dp) {
    val colours = LocalColours.current
    val mark = remember(colours, size) { Mark.vector(colours.primary, colours.mark2, size) }
    Image(rememberVectorPainter(mark), contentDescription = null, Modifier.size(size))
}
