package eu.countersign.ui.settings

import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.toggleable
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.Sign
import eu.countersign.ui.part.Text
import eu.countersign.ui.part.focusRing
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles

/** One of several, of which one is chosen: a check mark says which. */
@Composable
internal fun OptionRow(
    title: String,
    chosen: Boolean,
    onChoose: () -> Unit,
) {
    val interaction = remember { MutableInteractionSource() }
    val tap = Modifier.selectable(chosen, interaction, null, true, Role.RadioButton, onChoose)
    OptionFace(title, null, chosen, Modifier.focusRing(interaction, 8.dp).then(tap))
}

/** One of several, of which any may be chosen. */
@Composable
internal fun TickRow(
    title: String,
    hint: String?,
    chosen: Boolean,
    onChange: (Boolean) -> Unit,
) {
    val interaction = remember { MutableInteractionSource() }
    val tap = Modifier.toggleable(chosen, interaction, null, true, Role.Checkbox, onChange)
    OptionFace(title, hint, chosen, Modifier.focusRing(interaction, 8.dp).then(tap))
}

@Composable
private fun OptionFace(
    title: String,
    hint: String?,
    chosen: Boolean,
    modifier: Modifier,
) {
    val colours = LocalColours.current
    Row(
        modifier.fillMaxWidth().heightIn(min = 54.dp).padding(horizontal = 16.dp, vertical = 10.dp),
        Arrangement.spacedBy(14.dp),
        Alignment.CenterVertically,
    ) {
        Column(Modifier.weight(1f)) {
            Text(title, color = colours.text, style = Styles.bold)
            if (hint != null) Hint(hint)
        }
        Box(Modifier.size(24.dp)) { if (chosen) Sign(Icons.check, colours.primary) }
    }
}
