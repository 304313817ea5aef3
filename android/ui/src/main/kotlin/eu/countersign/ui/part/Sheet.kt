package eu.countersign.ui.part

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.role
import androidx.compose.ui.unit.dp
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles

/** A sheet above a page: it takes the screen until it is answered; a touch beside it closes it. */
@Composable
fun Sheet(
    onClose: () -> Unit,
    content: @Composable ColumnScope.() -> Unit,
) {
    val colours = LocalColours.current
    OnBack(onClose)
    Column(Modifier.fillMaxSize().background(SCRIM)) {
        Box(
            Modifier
                .weight(1f)
                .fillMaxWidth()
                .tapped(onClose)
                .clearAndSetSemantics {},
        )
        Column(
            Modifier
                .fillMaxWidth()
                .heightIn(max = 640.dp)
                .clip(SHAPE)
                .background(colours.surface)
                .verticalScroll(rememberScrollState())
                .padding(start = 20.dp, end = 20.dp, top = 12.dp, bottom = 22.dp)
                .safeDrawingPadding(),
            Arrangement.spacedBy(12.dp),
        ) {
            Box(
                Modifier
                    .align(Alignment.CenterHorizontally)
                    .size(32.dp, 4.dp)
                    .clip(CircleShape)
                    .background(colours.outline),
            )
            CompositionLocalProvider(LocalTitleStyle provides Styles.heading) { content() }
        }
    }
}

/** A choice in a sheet: sign, bold line, what follows from it. */
@Composable
fun Choice(
    title: String,
    hint: String?,
    icon: ImageVector,
    danger: Boolean = false,
    onClick: () -> Unit,
) {
    val colours = LocalColours.current
    val border = if (danger) colours.danger.sign else colours.outline
    val interaction = remember { MutableInteractionSource() }
    Row(
        Modifier
            .fillMaxWidth()
            .focusRing(interaction)
            .clip(CHOICE)
            .background(colours.surface)
            .border(2.dp, border, CHOICE)
            .clickable(interaction, null, role = Role.Button, onClick = onClick)
            .padding(horizontal = 16.dp, vertical = 14.dp),
        Arrangement.spacedBy(14.dp),
    ) {
        Sign(icon, if (danger) colours.danger.sign else colours.text)
        Column {
            Text(title, color = colours.text, style = Styles.bold)
            if (hint != null) Hint(hint)
        }
    }
}

private val SCRIM = Color(0x8F0A1011)
private val SHAPE = RoundedCornerShape(topStart = 24.dp, topEnd = 24.dp)
private val CHOICE = RoundedCornerShape(12.dp)
