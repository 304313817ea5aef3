package eu.countersign.ui.selftest

import androidx.compose.foundation.clickable
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.sizeIn
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import eu.countersign.shell.App
import eu.countersign.shell.selftest.SelfTestModel
import eu.countersign.ui.part.ListRow
import eu.countersign.ui.part.Text
import eu.countersign.ui.part.focusRing
import eu.countersign.ui.part.isLargeType
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalWords

/** A finding, and beside it, or below it in large type, what mends it. */
@Composable
internal fun LineRow(
    app: App,
    model: SelfTestModel,
    line: Line,
) {
    val remedy = line.remedy
    val button: (@Composable () -> Unit)? =
        when (remedy) {
            null -> null
            is Remedy.Page -> ({ RemedyButton(remedy.label, line.title) { model.open(remedy.page) } })
            is Remedy.Look -> ({ RemedyButton(remedy.label, line.title) { app.openAccount(remedy.account) } })
        }
    val stacked = isLargeType()
    ListRow(
        line.title,
        signOf(line.weight),
        line.hint,
        iconColour = colourOf(line.weight),
        trailing = button.takeIf { !stacked },
    )
    if (stacked && button != null) Box(Modifier.padding(start = 16.dp, end = 16.dp, bottom = 8.dp)) { button() }
}

@Composable
private fun RemedyButton(
    label: String,
    about: String,
    onClick: () -> Unit,
) {
    val interaction = remember { MutableInteractionSource() }
    val spoken = LocalWords.current.common.joined(label, about)
    Box(
        Modifier
            .focusRing(interaction)
            .clickable(interaction, null, role = Role.Button, onClick = onClick)
            .semantics { contentDescription = spoken }
            .sizeIn(minWidth = 48.dp, minHeight = 48.dp),
        Alignment.Center,
    ) {
        Text(label, Modifier.clearAndSetSemantics {}, LocalColours.current.primary, style = Styles.button)
    }
}

private fun signOf(weight: Weight): ImageVector =
    when (weight) {
        Weight.WRONG -> Icons.error
        Weight.CARE -> Icons.warning
        Weight.KNOW -> Icons.info
        Weight.GOOD -> Icons.checkCircle
    }

@Composable
private fun colourOf(weight: Weight): Color =
    with(LocalColours.current) {
        when (weight) {
            Weight.WRONG -> danger.sign
            Weight.CARE -> warning.sign
            Weight.KNOW -> info.sign
            Weight.GOOD -> success.sign
        }
    }
