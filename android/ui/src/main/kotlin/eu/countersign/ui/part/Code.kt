package eu.countersign.ui.part

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.unit.LayoutDirection
import androidx.compose.ui.unit.dp
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles

/** A code to type elsewhere, in two groups, always from left to right; spoken digit by digit. */
@Composable
fun CodeDisplay(digits: String) {
    val half = digits.length / 2
    val spoken = digits.take(half).toList().joinToString(" ") + ", " + digits.drop(half).toList().joinToString(" ")
    CompositionLocalProvider(LocalLayoutDirection provides LayoutDirection.Ltr) {
        FlowRow(
            Modifier.fillMaxWidth().clearAndSetSemantics { contentDescription = spoken },
            Arrangement.spacedBy(18.dp, Alignment.CenterHorizontally),
        ) {
            Text(digits.take(half), style = Styles.number, color = LocalColours.current.text)
            Text(digits.drop(half), style = Styles.number, color = LocalColours.current.text)
        }
    }
}
