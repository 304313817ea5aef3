package eu.countersign.hosttest

import android.view.MotionEvent.FLAG_WINDOW_IS_OBSCURED
import android.view.MotionEvent.FLAG_WINDOW_IS_PARTIALLY_OBSCURED
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import eu.countersign.lab.Server
import eu.countersign.ui.words.En
import org.junit.Rule
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import kotlin.test.AfterTest
import kotlin.test.Test
import kotlin.test.assertFalse

/** What the system tells of a phone: something in front of the window, no lock, and a turn while a PIN is typed. */
@RunWith(RobolectricTestRunner::class)
class SafeguardsTest {
    @get:Rule
    val screen = createEmptyComposeRule()

    private val server by lazy(::Server)
    private val account by lazy { server.addAccount("bruno@example.eu") }

    @AfterTest
    fun stop() = server.close()

    @Test
    fun `a touch that went through something in front does nothing, and it is said why`() =
        Hand(screen).run {
            locksItsScreen()
            pairs(server, account, PIN)
            server.signIn(account)
            taps(En.accounts.check)
            taps("Sign-in to ${Server.SERVICE}")
            for (cover in listOf(FLAG_WINDOW_IS_OBSCURED, FLAG_WINDOW_IS_PARTIALLY_OBSCURED)) {
                touches(En.common.itWasntMe, cover)
                sees(En.request.covered)
                assertFalse(shows(En.denySheet.no))
            }
            touches(En.common.itWasntMe, 0)
            sees(En.denySheet.no)
        }

    @Test
    fun `a phone without a screen lock is not paired, and one with a lock keeps its half PIN when it is turned`() =
        Hand(screen).run {
            locksItsScreen(false)
            val enrolment = server.enrol(account)
            taps(En.welcome.pair)
            copies(enrolment.link)
            taps(En.scanner.pasteLink)
            taps(En.pairConfirm.yes)
            sees(En.screenLock.title)
            locksItsScreen()
            taps(En.common.tryAgain)
            sees(En.choosePin.title)
            entersPin(PIN)
            sees(En.choosePin.repeatTitle)
            types(PIN.take(2))
            turns()
            sees(En.choosePin.repeatTitle)
            sees(En.spoken.digitsTyped(2))
            types(PIN.drop(2))
            taps(En.common.ok)
            val code = readsCode()
            turns()
            server.confirm(enrolment, code)
            sees(En.pairedDone.title)
        }

    @Test
    fun `a change of the PIN goes on at its step when the phone is turned`() =
        Hand(screen).run {
            locksItsScreen()
            pairs(server, account, PIN)
            taps("Example ID")
            taps(En.account.changePin)
            entersPin(PIN)
            sees(En.changePin.newTitle)
            turns()
            entersPin(OTHER_PIN)
            sees(En.changePin.repeatTitle)
            types(OTHER_PIN.take(2))
            turns()
            sees(En.spoken.digitsTyped(2))
            types(OTHER_PIN.drop(2))
            taps(En.common.ok)
            sees(En.changePin.doneTitle)
        }

    private companion object {
        const val PIN = "4927"
        const val OTHER_PIN = "3816"
    }
}
