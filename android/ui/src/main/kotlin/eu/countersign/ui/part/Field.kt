package eu.countersign.ui.part

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.interaction.collectIsFocusedAsState
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.text.BasicTextField
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles

/** A field for a line of text, with its label above and its hint or error below. */
@Composable
fun Field(
    label: String,
    value: String,
    hint: String? = null,
    error: String? = null,
    keyboard: KeyboardOptions = KeyboardOptions.Default,
    onChange: (String) -> Unit,
) {
    val colours = LocalColours.current
    val interaction = remember { MutableInteractionSource() }
    val focused by interaction.collectIsFocusedAsState()
    val border =
        if (error != null) {
            colours.danger.sign
        } else if (focused) {
            colours.primary
        } else {
            colours.outline
        }
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        Text(label, Modifier.clearAndSetSemantics {}, style = Styles.bold)
        BasicTextField(
            value,
            onChange,
            Modifier.fillMaxWidth().semantics { contentDescription = label },
            textStyle = Styles.body.copy(color = colours.text),
            keyboardOptions = keyboard,
            singleLine = true,
            interactionSource = interaction,
            cursorBrush = SolidColor(colours.primary),
            decorationBox = { inner ->
                Box(
                    Modifier
                        .heightIn(min = 52.dp)
                        .clip(SHAPE)
                        .background(colours.surface)
                        .border(if (focused) 3.dp else 2.dp, border, SHAPE)
                        .padding(horizontal = 14.dp, vertical = 12.dp),
                    Alignment.CenterStart,
                ) { inner() }
            },
        )
        if (error != null) {
            ErrorLine(error)
        } else if (hint != null) {
            Hint(hint)
        }
    }
}

private val SHAPE = RoundedCornerShape(10.dp)
