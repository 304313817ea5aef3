package eu.countersign.ui.part

import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.disabled
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.onClick as spokenClick

/** A button whose face is not what is spoken of it. */
internal fun Modifier.spokenButton(
    spoken: String,
    enabled: Boolean,
    onClick: () -> Unit,
): Modifier =
    clearAndSetSemantics {
        contentDescription = spoken
        role = Role.Button
        if (!enabled) disabled()
        spokenClick {
            onClick()
            true
        }
    }
