package eu.countersign.ui.part

import androidx.compose.foundation.Image
import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.LocalContentColor
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.ColorFilter
import androidx.compose.ui.graphics.graphicsLayer
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.graphics.vector.rememberVectorPainter
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.LayoutDirection
import androidx.compose.ui.unit.dp
import eu.countersign.ui.theme.LocalColours

/** An icon. It says nothing by itself: the word is beside it, or on what carries it. */
@Composable
fun Sign(
    icon: ImageVector,
    colour: Color = LocalContentColor.current,
    size: Dp = 24.dp,
) {
    val mirrored = icon.autoMirror && LocalLayoutDirection.current == LayoutDirection.Rtl
    Image(
        rememberVectorPainter(icon),
        contentDescription = null,
        Modifier.size(size).graphicsLayer { scaleX = if (mirrored) -1f else 1f },
        colorFilter = ColorFilter.tint(colour),
    )
}

/** What a big sign is about. */
enum class Mood { SUCCESS, WARNING, DANGER, INFO, NEUTRAL }

/** A sign in a soft circle, above a page's title. */
@Composable
fun BigSign(
    icon: ImageVector,
    mood: Mood,
) {
    val (ground, sign) =
        with(LocalColours.current) {
            when (mood) {
                Mood.SUCCESS -> success.ground to success.sign
                Mood.WARNING -> warning.ground to warning.sign
                Mood.DANGER -> danger.ground to danger.sign
                Mood.INFO -> primarySoft.ground to primary
                Mood.NEUTRAL -> surface2 to text2
            }
        }
    Box(Modifier.size(96.dp).clip(CircleShape).background(ground), Alignment.Center) { Sign(icon, sign, 56.dp) }
}

/** A button that is an icon alone, with its word spoken. */
@Composable
fun IconButton(
    icon: ImageVector,
    spoken: String,
    onClick: () -> Unit,
) {
    val interaction = remember { MutableInteractionSource() }
    Box(
        Modifier
            .size(48.dp)
            .focusRing(interaction, 24.dp)
            .clip(CircleShape)
            .clickable(interaction, null, role = Role.Button, onClick = onClick)
            .semantics { contentDescription = spoken },
        Alignment.Center,
    ) { Sign(icon) }
}
