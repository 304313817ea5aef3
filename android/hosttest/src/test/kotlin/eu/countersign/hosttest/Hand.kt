package eu.countersign.hosttest

import android.app.KeyguardManager
import android.content.ClipData
import android.content.ClipboardManager
import android.content.Intent
import android.os.Bundle
import android.os.Looper
import android.os.SystemClock
import android.view.InputDevice
import android.view.MotionEvent
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.semantics.SemanticsConfiguration
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.ComposeTestRule
import androidx.compose.ui.test.onLast
import androidx.compose.ui.test.performClick
import eu.countersign.app.CountersignApp
import eu.countersign.app.MainActivity
import eu.countersign.lab.Server
import eu.countersign.ui.words.En
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import java.time.Duration

/** A person with the phone in hand. */
class Hand(
    private val screen: ComposeTestRule,
    intent: Intent = Intent(Intent.ACTION_MAIN),
) {
    private var window: ActivityController<MainActivity> = Robolectric.buildActivity(MainActivity::class.java, intent).setup()

    /** The activity in front. */
    val activity: MainActivity get() = window.get()

    /** The application. */
    val app: CountersignApp get() = RuntimeEnvironment.getApplication() as CountersignApp

    /** Turns the phone: the system makes a new activity. */
    fun turns() {
        window = window.recreate()
    }

    /** The phone's "back". */
    fun goesBack() {
        activity.onBackPressedDispatcher.onBackPressed()
        passes()
    }

    /** Another app is in front; the system keeps what the activity saves, which is given back. */
    fun leaves(): Bundle {
        val saved = Bundle()
        window.pause().stop().saveInstanceState(saved)
        return saved
    }

    /** The process died: the system opens the app anew over the same files, with what it kept for it. */
    fun returnsAfterDeath(saved: Bundle) {
        window.destroy()
        val fresh = HostApp()
        shadowOf(fresh).callAttach(app.baseContext)
        fresh.onCreate()
        @Suppress("DEPRECATION")
        RuntimeEnvironment.application = fresh
        window = Robolectric.buildActivity(MainActivity::class.java, Intent(Intent.ACTION_MAIN)).setup(saved)
    }

    /** What the activity is given by the system while it is there. */
    fun isBrought(intent: Intent) {
        window.newIntent(intent)
        passes()
    }

    /** A phone whose screen has a lock, or none: then no keys are made. */
    fun locksItsScreen(locked: Boolean = true) {
        shadowOf(app.getSystemService(KeyguardManager::class.java)).setIsDeviceSecure(locked)
    }

    /** A finger on what says [text], as the system hands it to the window, by the [flags] that it puts on a touch. */
    fun touches(
        text: String,
        flags: Int,
    ) {
        sees(text)
        screen.mainClock.advanceTimeBy(READING)
        val at =
            screen
                .onAllNodes(says(text) and hasClickAction())
                .onLast()
                .fetchSemanticsNode()
                .boundsInWindow.center
        val begun = SystemClock.uptimeMillis()
        for (action in listOf(MotionEvent.ACTION_DOWN, MotionEvent.ACTION_UP)) {
            val touch = touch(begun, action, at, flags)
            activity.dispatchTouchEvent(touch)
            touch.recycle()
        }
        passes()
    }

    /** Lets another app put [text] on the clipboard. */
    fun copies(text: String) {
        val clipboard = checkNotNull(app.getSystemService(ClipboardManager::class.java))
        clipboard.setPrimaryClip(ClipData.newPlainText("link", text))
    }

    /** Waits until [text] stands somewhere. */
    fun sees(text: String) = waits(text) { shows(text) }

    /** Whether [text] stands somewhere now. */
    fun shows(text: String): Boolean = screen.onAllNodes(says(text)).fetchSemanticsNodes().isNotEmpty()

    /** Touches what says [text], after reading it: an answer is armed a moment after it was drawn. */
    fun taps(text: String) {
        sees(text)
        screen.mainClock.advanceTimeBy(READING)
        screen.onAllNodes(says(text) and hasClickAction()).onLast().performClick()
        passes()
    }

    /** Types digits on the keypad of the screen. */
    fun types(digits: String) {
        for (digit in digits) screen.onNode(hasContentDescription("$digit") and hasClickAction()).performClick()
        passes()
    }

    /** A PIN, and OK. */
    fun entersPin(pin: String) {
        sees(En.spoken.digitsTyped(0))
        types(pin)
        taps(En.common.ok)
    }

    /** Opens the cells and types the number of the browser. */
    fun typesNumber(number: String) {
        val field = hasContentDescription("6 digits", substring = true) and hasClickAction()
        waits("cells") { screen.onAllNodes(field).fetchSemanticsNodes().isNotEmpty() }
        screen.onNode(field).performClick()
        passes()
        types(number)
    }

    /** The six digits of the page. */
    fun readsCode(): String {
        val code = SemanticsMatcher("six digits") { node -> node.config.spoken().any(CODE::matches) }
        waits("a code") { screen.onAllNodes(code).fetchSemanticsNodes().isNotEmpty() }
        val node = screen.onNode(code).fetchSemanticsNode()
        return node.config
            .spoken()
            .first(CODE::matches)
            .filter(Char::isDigit)
    }

    /** Pairs with [account] by a link that was copied. */
    fun pairs(
        server: Server,
        account: String,
        pin: String,
    ) {
        val enrolment = server.enrol(account)
        taps(En.welcome.pair)
        copies(enrolment.link)
        taps(En.scanner.pasteLink)
        taps(En.pairConfirm.yes)
        sees(En.choosePin.title)
        entersPin(pin)
        sees(En.choosePin.repeatTitle)
        entersPin(pin)
        server.confirm(enrolment, readsCode())
        sees(En.pairedDone.title)
        taps(En.common.done)
        sees(En.accounts.noRequest)
    }

    private fun waits(
        what: String,
        until: () -> Boolean,
    ) {
        val end = System.nanoTime() + PATIENCE.toNanos()
        while (!until()) {
            check(System.nanoTime() < end) { "not seen: $what" }
            Thread.sleep(STEP.toMillis())
            passes()
        }
    }

    /** The phone's own clock, by which the app's waits go, stands still unless it is moved. */
    private fun passes() {
        shadowOf(Looper.getMainLooper()).idleFor(STEP)
        screen.waitForIdle()
    }

    private fun touch(
        begun: Long,
        action: Int,
        at: Offset,
        flags: Int,
    ): MotionEvent {
        val finger = MotionEvent.PointerProperties().apply { toolType = MotionEvent.TOOL_TYPE_FINGER }
        val place =
            MotionEvent.PointerCoords().apply {
                x = at.x
                y = at.y
                pressure = 1f
                size = 1f
            }
        val (properties, places) = arrayOf(finger) to arrayOf(place)
        val source = InputDevice.SOURCE_TOUCHSCREEN
        return MotionEvent.obtain(begun, begun, action, 1, properties, places, 0, 0, 1f, 1f, 0, 0, source, flags)
    }

    private fun says(text: String) = hasText(text, substring = true) or hasContentDescription(text, substring = true)

    private fun SemanticsConfiguration.spoken(): List<String> = getOrNull(SemanticsProperties.ContentDescription).orEmpty()

    private companion object {
        /** Keys are made and PINs are stretched in here. */
        val PATIENCE: Duration = Duration.ofSeconds(60)
        val STEP: Duration = Duration.ofMillis(50)

        /** Milliseconds of the screen's clock. */
        const val READING = 1_000L
        val CODE = Regex("[0-9]( [0-9]){2,3}, [0-9]( [0-9]){2,3}")
    }
}
