package eu.countersign.desktop

import eu.countersign.core.PairingState
import eu.countersign.lab.LabDevice
import eu.countersign.lab.Phone
import eu.countersign.lab.Server
import eu.countersign.shell.Place
import eu.countersign.shell.device.SystemPage
import eu.countersign.shell.request.Stage
import eu.countersign.ui.words.En
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.TestInstance
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertIs

/** What keeps a person from doing what they did not mean: the way back, a cover, a phone without a lock. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SafeguardsTest {
    private val server = Server()
    private var accounts = 0

    @AfterAll
    fun stop() = server.close()

    @Test
    fun `on a request the way back closes the sheet, leaves the PIN, and never answers`() =
        paired { phone, account ->
            val signIn = server.signIn(account)
            inHand(phone) {
                taps("Sign-in to ${Server.SERVICE}")
                sees("Brussels, BE")
                goesBack()
                sees(En.denySheet.no)
                goesBack()
                assertFalse(shows(En.denySheet.no))
                typesNumber(signIn.number)
                taps(En.common.approve)
                types("49")
                goesBack()
                val place = assertIs<Place.Request>(app.way.here)
                assertEquals(Stage.READ, place.request.stage.value)
                assertEquals(0, place.request.pad.typed.value, "the PIN is wiped")
                assertEquals("pending", server.stateOf(signIn))
            }
        }

    @Test
    fun `in a pairing the way back asks before it leaves the code, and goes from the second PIN to the first`() =
        Phone().use { phone ->
            val enrolment = server.enrol(newAccount())
            inHand(phone) {
                taps(En.welcome.pair)
                scans(enrolment.link)
                taps(En.pairConfirm.yes)
                entersPin(PIN)
                sees(En.choosePin.repeatTitle)
                goesBack()
                sees(En.choosePin.title)
                entersPin(PIN)
                sees(En.choosePin.repeatTitle)
                entersPin(PIN)
                val code = readsCode()
                goesBack()
                sees(En.pairCode.cancelTitle)
                goesBack()
                assertFalse(shows(En.pairCode.cancelTitle))
                assertEquals(code, readsCode())
                val place = assertIs<Place.Pairing>(app.way.here)
                assertIs<PairingState.TypeCode>(place.pairing.shown.value.state)
            }
        }

    @Test
    fun `in a change of the PIN and in a move the way back goes back one step`() =
        paired { phone, _ ->
            inHand(phone) {
                opensPinChange()
                entersPin(PIN)
                sees(En.changePin.newTitle)
                goesBack()
                sees(En.changePin.presentTitle)
                goesBack()
                taps(En.account.move)
                entersPin(PIN)
                sees(En.move.scanTitle)
                taps(En.move.cannotScan)
                sees(En.move.cannotScanText(En.common.pathAddPhone))
                goesBack()
                assertFalse(shows(En.move.cannotScanText(En.common.pathAddPhone)))
                sees(En.move.scanTitle)
                assertIs<Place.Move>(app.way.here)
            }
        }

    @Test
    fun `what lies over the screen is said, and nothing is approved through it`() =
        paired { phone, account ->
            val signIn = server.signIn(account)
            inHand(phone) {
                taps("Sign-in to ${Server.SERVICE}")
                typesNumber(signIn.number)
                isCovered(true)
                sees(En.request.covered)
                taps(En.common.approve)
                val place = assertIs<Place.Request>(app.way.here)
                assertEquals(Stage.READ, place.request.stage.value)
                isCovered(false)
                taps(En.common.approve)
                entersPin(PIN)
                sees(En.approved.title)
            }
            assertEquals("approved", server.stateOf(signIn))
        }

    @Test
    fun `without a screen lock nothing is paired, it is said why, and the lock leads on`() =
        Phone().use { phone ->
            val enrolment = server.enrol(newAccount())
            val device = LabDevice().apply { lock = false }
            inHand(phone, device) {
                taps(En.welcome.pair)
                scans(enrolment.link)
                taps(En.pairConfirm.yes)
                sees(En.screenLock.title)
                sees(En.screenLock.text)
                taps(En.next.openSettings)
                assertEquals(listOf(SystemPage.SCREEN_LOCK), device.opened)
                assertEquals(emptyList(), phone.core.accounts())
                taps(En.common.tryAgain)
                sees(En.screenLock.title)
                device.lock = true
                taps(En.common.tryAgain)
                sees(En.choosePin.title)
            }
        }

    private fun paired(use: (Phone, String) -> Unit) =
        Phone().use { phone ->
            val account = newAccount()
            phone.pair(server, account, PIN)
            use(phone, account)
        }

    private fun newAccount(): String = server.addAccount("karl${accounts++}@example.eu")

    private companion object {
        const val PIN = "4927"
    }
}
