package eu.countersign.ui.part

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.clearAndSetSemantics

/** A page, and what lies above it for a while: then a screen reader finds only that, and the way back closes it. */
@Composable
fun Layers(
    onClose: () -> Unit,
    above: (@Composable () -> Unit)?,
    page: @Composable () -> Unit,
) {
    Box(Modifier.fillMaxSize()) {
        Box(if (above == null) Modifier else Modifier.clearAndSetSemantics {}) { page() }
        if (above != null) {
            OnBack(onClose)
            above()
        }
    }
}
