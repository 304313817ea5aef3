package eu.countersign.ui.part

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles

/** A short state in a rounded field. */
@Composable
fun Chip(
    text: String,
    icon: ImageVector?,
    mood: Mood = Mood.NEUTRAL,
    modifier: Modifier = Modifier,
) {
    val (ground, ink) =
        with(LocalColours.current) {
            when (mood) {
                Mood.SUCCESS -> success.ground to success.text
                Mood.WARNING -> warning.ground to warning.text
                Mood.DANGER -> danger.ground to danger.text
                Mood.INFO -> primarySoft.ground to primarySoft.text
                Mood.NEUTRAL -> surface2 to text2
            }
        }
    Row(
        modifier
            .clip(CircleShape)
            .background(ground)
            .padding(horizontal = 10.dp, vertical = 3.dp)
            .semantics(mergeDescendants = true) {},
        Arrangement.spacedBy(6.dp),
        Alignment.CenterVertically,
    ) {
        if (icon != null) Sign(icon, ink, 16.dp)
        Text(text, color = ink, style = Styles.chip)
    }
}
