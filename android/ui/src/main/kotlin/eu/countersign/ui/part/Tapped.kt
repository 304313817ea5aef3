package eu.countersign.ui.part

import androidx.compose.foundation.gestures.detectTapGestures
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.ui.Modifier
import androidx.compose.ui.input.pointer.pointerInput

/** A touch anywhere here, beside what has a name: a screen reader has the button that does the same. */
@Composable
internal fun Modifier.tapped(onTap: () -> Unit): Modifier {
    val latest by rememberUpdatedState(onTap)
    return pointerInput(Unit) { detectTapGestures { latest() } }
}
