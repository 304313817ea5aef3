package eu.countersign.ui.part

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateListOf
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.staticCompositionLocalOf
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.words.LocalWords

/** What the way back closes before it leaves a page: a sheet, or a step within the page. The last one opened goes first. */
class BackSteps {
    private val steps = mutableStateListOf<() -> Unit>()

    /** Whether there is nothing to close; whoever draws by it is drawn again when that changes. */
    val isEmpty: Boolean get() = steps.isEmpty()

    /** Closes the last one; false if there is none, so that the page is left. */
    fun take(): Boolean {
        val last = steps.lastOrNull() ?: return false
        last()
        return true
    }

    internal fun add(step: () -> Unit) {
        steps += step
    }

    internal fun remove(step: () -> Unit) {
        steps -= step
    }
}

/** The steps of the page on screen. Whoever takes the system's "back" asks them first. */
val LocalBackSteps = staticCompositionLocalOf { BackSteps() }

/** As long as this is on screen, the way back does [step] and stays on the page. */
@Composable
fun OnBack(step: () -> Unit) {
    val steps = LocalBackSteps.current
    val latest by rememberUpdatedState(step)
    DisposableEffect(steps) {
        val own = { latest() }
        steps.add(own)
        onDispose { steps.remove(own) }
    }
}

/** The arrow of a bar. */
@Composable
fun wayBack(onClick: () -> Unit): BarAction = BarAction(Icons.arrowBack, LocalWords.current.common.back, onClick)

/** The cross of a bar. */
@Composable
fun wayOut(onClick: () -> Unit): BarAction = BarAction(Icons.close, LocalWords.current.common.close, onClick)
