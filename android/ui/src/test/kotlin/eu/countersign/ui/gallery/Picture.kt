package eu.countersign.ui.gallery

import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.test.SkikoComposeUiTest
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.performSemanticsAction
import androidx.compose.ui.test.performTextReplacement
import eu.countersign.shell.App
import eu.countersign.shell.FlowModel
import eu.countersign.shell.Place
import eu.countersign.ui.words.Words

/** One screen in one state: a name for its file, the app that shows it, and what a person does before the picture. */
class Picture(
    val name: String,
    val hand: Hand.() -> Unit = {},
    val app: () -> App,
)

/** What a person does on a drawn screen, by the words on it. */
class Hand(
    private val test: SkikoComposeUiTest,
    /** The words that the screen speaks. */
    val words: Words,
    /** The app behind it. */
    val app: App,
) {
    /** Takes what is called [name], wherever it has been scrolled to. */
    fun tap(name: String) {
        test.onNode(hasClickAction() and (hasText(name) or hasContentDescription(name))).performSemanticsAction(SemanticsActions.OnClick)
        test.mainClock.advanceTimeBy(SETTLED)
    }

    /** Types into the one field there is. */
    fun type(text: String) {
        test.onNode(hasSetTextAction()).performTextReplacement(text)
        test.mainClock.advanceTimeBy(SETTLED)
    }

    /** Lets time go by. */
    fun pause(millis: Long = SETTLED) = test.mainClock.advanceTimeBy(millis)
}

/** An app that shows [place]. */
fun App.at(place: Place): App = apply { way.go(place) }

/** A model that has taken its step. */
fun <M : FlowModel<*>> M.after(step: M.() -> Unit): M = apply(step)

/** How long a screen takes to come to rest. */
internal const val SETTLED = 50L
