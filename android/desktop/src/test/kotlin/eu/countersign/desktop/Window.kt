package eu.countersign.desktop

import androidx.compose.foundation.layout.Box
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.State
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.LocalSaveableStateRegistry
import androidx.compose.runtime.saveable.SaveableStateRegistry
import androidx.compose.runtime.setValue
import eu.countersign.shell.App
import eu.countersign.ui.AppScreen
import eu.countersign.ui.part.BackSteps
import eu.countersign.ui.words.En

/** The window of an app as a system handles it: thrown away at each turn, while the app lives on. */
class Window(
    private val app: App,
) {
    private var made by mutableStateOf(Made(emptyMap()))

    /** Whether another app lies over it. */
    var covered by mutableStateOf(false)

    /** What the way back closes first. */
    val back: BackSteps get() = made.back

    /** Makes it anew, and tells what the old one saved for the new one. */
    fun turn(): List<Any?> {
        val saved = made.registry.performSave()
        made = Made(saved)
        return saved.values.flatten().map { if (it is State<*>) it.value else it }
    }

    @Composable
    fun Content() {
        val made = made
        key(made) {
            CompositionLocalProvider(LocalSaveableStateRegistry provides made.registry) {
                AppScreen(app, En.tag, backSteps = made.back, covered = covered) { _, _, modifier -> Box(modifier) }
            }
        }
    }

    private class Made(
        saved: Map<String, List<Any?>>,
    ) {
        val registry = SaveableStateRegistry(saved) { true }
        val back = BackSteps()
    }
}
