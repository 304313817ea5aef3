package eu.countersign.ui.part

import androidx.compose.foundation.clickable
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.Switch
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles

/** A row of a list: the whole row is the target. */
@Composable
fun ListRow(
    title: String,
    icon: ImageVector? = null,
    hint: String? = null,
    danger: Boolean = false,
    iconColour: Color? = null,
    hintColour: Color? = null,
    trailing: (@Composable () -> Unit)? = null,
    onClick: (() -> Unit)? = null,
) {
    val colours = LocalColours.current
    val interaction = remember { MutableInteractionSource() }
    val tap =
        if (onClick == null) {
            Modifier.semantics(mergeDescendants = true) {}
        } else {
            Modifier.clickable(interaction, null, role = Role.Button, onClick = onClick)
        }
    Row(
        Modifier
            .fillMaxWidth()
            .focusRing(interaction, 8.dp)
            .then(tap)
            .heightIn(min = if (hint == null) 54.dp else 60.dp)
            .padding(horizontal = 16.dp, vertical = 10.dp),
        Arrangement.spacedBy(14.dp),
        Alignment.CenterVertically,
    ) {
        val ink = if (danger) colours.danger.sign else colours.text
        if (icon != null) Sign(icon, iconColour ?: if (danger) ink else colours.text2)
        Column(Modifier.weight(1f)) {
            Text(title, color = ink, style = Styles.bold)
            if (hint != null) {
                val style = if (hintColour == null) Styles.small else Styles.smallBold
                Text(hint, color = hintColour ?: colours.text2, style = style)
            }
        }
        trailing?.invoke()
    }
}

/** The sign of a row that leads on. */
@Composable
fun Onward() = Sign(Icons.chevronRight, LocalColours.current.text2)

/** A row with a switch: the row switches. */
@Composable
fun SwitchRow(
    title: String,
    icon: ImageVector,
    on: Boolean,
    hint: String? = null,
    enabled: Boolean = true,
    onChange: (Boolean) -> Unit,
) {
    val colours = LocalColours.current
    val interaction = remember { MutableInteractionSource() }
    Row(
        Modifier
            .fillMaxWidth()
            .focusRing(interaction, 8.dp)
            .toggleable(on, interaction, null, enabled, Role.Switch, onChange)
            .heightIn(min = 60.dp)
            .padding(horizontal = 16.dp, vertical = 10.dp),
        Arrangement.spacedBy(14.dp),
        Alignment.CenterVertically,
    ) {
        Sign(icon, colours.text2)
        Column(Modifier.weight(1f)) {
            Text(title, style = Styles.bold)
            if (hint != null) Text(hint, color = colours.text2, style = Styles.small)
        }
        Switch(on, onCheckedChange = null, enabled = enabled)
    }
}
