package eu.countersign.ui.gallery

import androidx.compose.ui.test.SkikoComposeUiTest
import eu.countersign.shell.App
import eu.countersign.shell.FlowModel
import eu.countersign.shell.Place

/** One screen in one state: a name for its file, the app that shows it, and what a person does before the picture. */
class Picture(
    val name: String,
    val hand: SkikoComposeUiTest.() -> Unit = {},
    val app: () -> App,
)

/** An app that shows [place]. */
fun App.at(place: Place): App = apply { way.go(place) }

/** A model that has taken its step. */
fun <M : FlowModel<*>> M.after(step: M.() -> Unit): M = apply(step)
