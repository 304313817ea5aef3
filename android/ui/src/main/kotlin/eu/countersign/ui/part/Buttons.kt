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
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.role
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles

/** What a button is for; its look follows. */
enum class ButtonKind {
    /** The main answer: one per screen. */
    PRIMARY,

    /** Another answer. */
    SECONDARY,

    /** What stops or removes. */
    DANGER,

    /** The way round. */
    TEXT,

    /** The main answer before it is ready: it can be pressed, and says what is missing. */
    QUIET,
}

/** A button of full width. [tile]: icon above the word, for three answers in one row. */
@Composable
fun ActionButton(
    label: String,
    kind: ButtonKind,
    modifier: Modifier = Modifier,
    icon: ImageVector? = null,
    tile: Boolean = false,
    enabled: Boolean = true,
    onClick: () -> Unit,
) {
    val interaction = remember { MutableInteractionSource() }
    val look = look(kind, interaction.collectIsPressedAsState().value)
    Box(
        modifier
            .fillMaxWidth()
            .focusRing(interaction)
            .clip(SHAPE)
            .background(look.ground)
            .border(2.dp, look.border, SHAPE)
            .clickable(interaction, null, enabled, role = Role.Button, onClick = onClick)
            .heightIn(
                min =
                    if (tile) {
                        60.dp
                    } else if (kind == ButtonKind.TEXT) {
                        48.dp
                    } else {
                        52.dp
                    },
            ).padding(horizontal = if (tile) 4.dp else 20.dp, vertical = if (tile) 6.dp else 8.dp),
        Alignment.Center,
    ) {
        if (tile) TileFace(label, icon, look.text) else Face(label, icon, look.text)
    }
}

private class Look(
    val ground: Color,
    val border: Color,
    val text: Color,
)

@Composable
private fun look(
    kind: ButtonKind,
    pressed: Boolean,
): Look =
    with(LocalColours.current) {
        when (kind) {
            ButtonKind.PRIMARY -> if (pressed) Look(primaryPress, primaryPress, onPrimary) else Look(primary, primary, onPrimary)
            ButtonKind.SECONDARY -> Look(if (pressed) surface2 else surface, outline, text)
            ButtonKind.DANGER -> Look(danger.ground, danger.sign, danger.text)
            ButtonKind.TEXT -> Look(if (pressed) surface2 else Color.Transparent, Color.Transparent, primary)
            ButtonKind.QUIET -> Look(surface3, surface3, text2)
        }
    }

@Composable
private fun Face(
    label: String,
    icon: ImageVector?,
    colour: Color,
) {
    Row(horizontalArrangement = Arrangement.spacedBy(10.dp), verticalAlignment = Alignment.CenterVertically) {
        if (icon != null) Sign(icon, colour, 22.dp)
        Text(label, Modifier.weight(1f, fill = false), colour, style = Styles.button, textAlign = TextAlign.Center)
    }
}

@Composable
private fun TileFace(
    label: String,
    icon: ImageVector?,
    colour: Color,
) {
    Column(
        verticalArrangement = Arrangement.spacedBy(2.dp),
        horizontalAlignment = Alignment.CenterHorizontally,
    ) {
        if (icon != null) Sign(icon, colour, 22.dp)
        Text(label, color = colour, style = Styles.smallBold, textAlign = TextAlign.Center)
    }
}

private val SHAPE = RoundedCornerShape(12.dp)
