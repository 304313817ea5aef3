package eu.countersign.desktop

import androidx.compose.foundation.layout.size
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.SkikoComposeUiTest
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onLast
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.unit.Density
import eu.countersign.core.KeyStore
import eu.countersign.core.MoveState
import eu.countersign.core.SignatureRequest
import eu.countersign.lab.LabDevice
import eu.countersign.lab.LabPrompt
import eu.countersign.lab.Phone
import eu.countersign.lab.frameOf
import eu.countersign.shell.App
import eu.countersign.shell.Place
import eu.countersign.shell.Surroundings
import eu.countersign.shell.device.ChoiceStore
import eu.countersign.shell.device.Choices
import eu.countersign.shell.device.Prompt
import eu.countersign.ui.words.En
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.job
import kotlinx.coroutines.runBlocking
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.test.assertTrue

/** A person with the app in hand: reads what stands on the screen and touches it. */
class Hand(
    private val test: SkikoComposeUiTest,
    /** The app. */
    val app: App,
    private val window: Window,
) {
    /** Turns the phone: the window is made anew, from what the old one saved: places of scrolling, and what is opened. */
    fun turns() {
        val saved = test.runOnIdle(window::turn)
        assertTrue(saved.all { it is Int || it is Boolean }, "nothing that was typed or shown is saved: $saved")
        test.waitForIdle()
    }

    /** The way back of the phone. */
    fun goesBack() {
        test.runOnIdle { window.back.take() || app.back() }
        test.waitForIdle()
    }

    /** Another app lies over this one, or does not any more. */
    fun isCovered(covered: Boolean) {
        test.runOnIdle { window.covered = covered }
        test.waitForIdle()
    }

    /** Waits until [text] stands somewhere. */
    fun sees(text: String) = test.waitUntil("the screen says: $text", PATIENCE) { shows(text) }

    /** Whether [text] stands somewhere now. */
    fun shows(text: String): Boolean = test.onAllNodes(says(text)).fetchSemanticsNodes().isNotEmpty()

    /** Looks for requests until [text] stands there: the app may be looking by itself just then. */
    fun finds(text: String) =
        test.waitUntil("there is: $text", PATIENCE) {
            if (!shows(text)) app.shownAgain()
            shows(text)
        }

    /** Touches what says [text], after reading it: an answer is armed a moment after it was drawn. */
    fun taps(text: String) {
        sees(text)
        // When the list of phones arrives, all below it moves, under the finger too.
        test.waitUntil("the list of phones is there", PATIENCE) { !shows(En.account.loading("Example ID")) }
        test.mainClock.advanceTimeBy(READING)
        test.onAllNodes(says(text) and hasClickAction()).onLast().performClick()
        test.waitForIdle()
    }

    /** Types digits on the keypad of the screen. */
    fun types(digits: String) {
        for (digit in digits) test.onNode(hasContentDescription("$digit") and hasClickAction()).performClick()
        test.waitForIdle()
    }

    /** Writes into the field of this label. */
    fun writes(
        label: String,
        text: String,
    ) {
        test.onNode(hasContentDescription(label) and hasSetTextAction()).performTextInput(text)
        test.waitForIdle()
    }

    /** A PIN, and OK. */
    fun entersPin(pin: String) {
        sees(En.spoken.digitsTyped(0))
        types(pin)
        taps(En.common.ok)
    }

    /** A PIN that is written nowhere, digit by digit, and OK. */
    fun entersPin(
        length: Int,
        digit: (Int) -> Int,
    ) {
        sees(En.spoken.digitsTyped(0))
        for (place in 0 until length) types("${digit(place)}")
        taps(En.common.ok)
    }

    /** Opens the cells and types the number of the browser. */
    fun typesNumber(number: String) {
        val field = hasContentDescription("6 digits", substring = true) and hasClickAction()
        test.waitUntil("there are cells", PATIENCE) { test.onAllNodes(field).fetchSemanticsNodes().isNotEmpty() }
        test.onNode(field).performClick()
        test.waitForIdle()
        types(number)
    }

    /** The six digits of the page. */
    fun readsCode(): String {
        val code = SemanticsMatcher("six digits") { node -> spokenOf(node).any { CODE.matches(it) } }
        test.waitUntil("a code is shown", PATIENCE) { test.onAllNodes(code).fetchSemanticsNodes().isNotEmpty() }
        val node = test.onNode(code).fetchSemanticsNode()
        return spokenOf(node).first(CODE::matches).filter(Char::isDigit)
    }

    /** Holds the camera at a screen that shows [text] as a code. */
    fun scans(text: String) {
        test.waitUntil("the scanner is open", PATIENCE) { app.way.here is Place.Scan }
        val frame = frameOf(text)
        repeat(LOOKS) { (app.way.here as? Place.Scan)?.scan?.frame(frame.luma.slice(), frame.size) }
        test.waitForIdle()
    }

    /** What the code says that this phone shows to another one. */
    fun showsCodeOf(): String {
        val move = app.way.here as Place.Move
        return (move.move.shown.value.state as MoveState.ShowCode).text
    }

    private fun says(text: String) = hasText(text, substring = true) or hasContentDescription(text, substring = true)

    private fun spokenOf(node: SemanticsNode): List<String> = node.config.getOrNull(SemanticsProperties.ContentDescription).orEmpty()

    private companion object {
        /** Milliseconds: keys are made and PINs are stretched in here. */
        const val PATIENCE = 30_000L

        /** Frames of a camera that is held still. */
        const val LOOKS = 5

        /** Milliseconds of the screen's clock. */
        const val READING = 1_000L
        val CODE = Regex("[0-9]( [0-9]){2,3}, [0-9]( [0-9]){2,3}")
    }
}

/** Opens the app on a phone and hands it over. */
fun inHand(
    phone: Phone,
    device: LabDevice = LabDevice(),
    prompt: Prompt = LabPrompt(phone.keys::answer),
    use: Hand.() -> Unit,
) {
    val test = SkikoComposeUiTest(WIDE, HIGH, EmptyCoroutineContext, Density(1f))
    test.runTest {
        val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
        val app = App(phone.core, Surroundings(scope, device, prompt), MemoryChoices())
        val window = Window(app)
        setContent { window.Content() }
        app.start()
        try {
            Hand(this, app, window).use()
        } finally {
            // What is under way runs to its end before the phone is put away.
            runBlocking { scope.coroutineContext.job.cancelAndJoin() }
        }
    }
}

/** What a finger does to a request for a signature. */
internal fun KeyStore.answer(request: SignatureRequest): ByteArray = sign(request.key, request.payload)

private class MemoryChoices : ChoiceStore {
    private var kept = Choices()

    override fun load() = kept

    override fun save(choices: Choices) {
        kept = choices
    }
}

private const val WIDE = 400
private const val HIGH = 800
