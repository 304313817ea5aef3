package eu.countersign.ui.part

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles

/** One of several things to know, beside its sign. */
@Composable
fun Point(
    icon: ImageVector,
    text: String,
) {
    Row(
        Modifier.fillMaxWidth().semantics(mergeDescendants = true) {},
        Arrangement.spacedBy(14.dp),
    ) {
        Sign(icon, LocalColours.current.text2)
        Text(text, Modifier.weight(1f), LocalColours.current.text, style = Styles.body)
    }
}

/** One of several things to do, one after the other. [strong] parts are bold. */
@Composable
fun NumberedPoint(
    number: Int,
    text: String,
    strong: List<String> = emptyList(),
) {
    val colours = LocalColours.current
    Row(
        Modifier.fillMaxWidth().semantics(mergeDescendants = true) {},
        Arrangement.spacedBy(12.dp),
    ) {
        Box(
            Modifier.size(26.dp * LocalDensity.current.fontScale).clip(CircleShape).background(colours.primarySoft.ground),
            Alignment.Center,
        ) { Text("$number", color = colours.primarySoft.text, style = Styles.smallBold) }
        Text(emphasised(text, strong, colours.text), Modifier.weight(1f), colours.text2, style = Styles.body)
    }
}
