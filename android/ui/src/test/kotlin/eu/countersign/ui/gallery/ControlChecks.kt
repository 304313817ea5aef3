package eu.countersign.ui.gallery

import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties

/** What is wrong with the controls of a screen: no name, no role, too small (look.md 4). */
fun controlSlips(screen: Screen): List<String> = screen.spoken.filter { it.isControl }.flatMap(::slipsOf)

private fun slipsOf(control: SemanticsNode): List<String> {
    val name = control.label
    val isField = SemanticsActions.SetText in control.config
    return listOfNotNull(
        "a control without a name at ${control.positionInRoot}".takeIf { name.isBlank() },
        "\"$name\" has no role".takeIf { !isField && SemanticsProperties.Role !in control.config },
        "\"$name\" is ${control.size} in size".takeIf { control.size.width < TARGET || control.size.height < TARGET },
    )
}

/** In dp, and pictures have one pixel for each. */
private const val TARGET = 48
