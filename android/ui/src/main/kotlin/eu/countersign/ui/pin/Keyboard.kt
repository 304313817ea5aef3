package eu.countersign.ui.pin

import androidx.compose.foundation.focusable
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import eu.countersign.ui.part.Keys
import eu.countersign.ui.part.typedInto

/** The page takes the keys of a keyboard, from its first moment on. */
@Composable
fun Modifier.keyboard(
    keys: Keys,
    enabled: Boolean = true,
): Modifier {
    val focus = remember { FocusRequester() }
    LaunchedEffect(focus) { focus.requestFocus() }
    return focusRequester(focus).then(if (enabled) Modifier.typedInto(keys) else Modifier).focusable()
}
