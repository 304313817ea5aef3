package eu.countersign.desktop

import eu.countersign.lab.LabDevice
import eu.countersign.lab.Phone
import eu.countersign.lab.Server
import eu.countersign.ui.words.En
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.TestInstance
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue

/** The flows of the product, through the screens, with the real library and a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlowsTest {
    private val server = Server()

    @AfterAll
    fun stop() = server.close()

    @Test
    fun `P3 and S1, a phone pairs by a pasted link and approves with number and PIN`() =
        withPhone { phone, account ->
            inHand(phone) {
                pairs(account)
                val signIn = server.signIn(account)
                finds("Sign-in to ${Server.SERVICE}")
                taps("Sign-in to ${Server.SERVICE}")
                sees("Sign in to ${Server.SERVICE}?")
                sees("Brussels, BE")
                typesNumber(signIn.number)
                taps(En.common.approve)
                entersPin(PIN)
                sees(En.approved.title)
                assertEquals("approved", server.stateOf(signIn))
                taps(En.common.done)
                sees(En.accounts.noRequest)
            }
        }

    @Test
    fun `S1, a wrong number is said, then the right one is taken`() =
        paired { phone, account ->
            val signIn = server.signIn(account)
            inHand(phone) {
                taps("Sign-in to ${Server.SERVICE}")
                typesNumber(signIn.wrongNumber)
                taps(En.common.approve)
                entersPin(PIN)
                sees("That number is not the one in your browser. 2 tries left.")
                typesNumber(signIn.number)
                taps(En.common.approve)
                entersPin(PIN)
                sees(En.approved.title)
            }
        }

    @Test
    fun `A1, wrong PINs are counted down to a pause, and the way to a new PIN is shown`() =
        paired { phone, account ->
            val signIn = server.signIn(account)
            inHand(phone) {
                taps("Sign-in to ${Server.SERVICE}")
                typesNumber(signIn.number)
                taps(En.common.approve)
                entersPin("8205")
                sees(En.pin.notRightLeft(4))
                entersPin("8206")
                sees(En.pin.notRightLeft(3))
                entersPin("8207")
                sees(En.pin.triesLeft(2))
                taps(En.pin.forgot)
                sees(En.forgottenPin.title)
            }
            assertEquals("pending", server.stateOf(signIn))
        }

    @Test
    fun `D1, it wasn't me asks once and reports`() =
        paired { phone, account ->
            val signIn = server.signIn(account)
            inHand(phone) {
                taps("Sign-in to ${Server.SERVICE}")
                taps(En.common.itWasntMe)
                taps(En.denySheet.no)
                sees(En.reported.title)
            }
            assertEquals("reported", server.stateOf(signIn))
        }

    @Test
    fun `D1, cancel acts at once`() =
        paired { phone, account ->
            val signIn = server.signIn(account)
            inHand(phone) {
                taps("Sign-in to ${Server.SERVICE}")
                taps(En.common.cancel)
                sees(En.cancelled.title)
            }
            assertEquals("denied", server.stateOf(signIn))
        }

    @Test
    fun `H2, a telephone call is said before anything of the request`() =
        paired { phone, account ->
            server.signIn(account)
            val device = LabDevice().apply { call = true }
            inHand(phone, device) {
                taps("Sign-in to ${Server.SERVICE}")
                sees(En.call.title)
                assertFalse(shows("Brussels, BE"))
                taps(En.call.show)
                sees("Brussels, BE")
                taps(En.common.cancel)
                sees(En.cancelled.title)
            }
        }

    @Test
    fun `A1, the PIN is changed and the new one approves`() =
        paired { phone, account ->
            inHand(phone) {
                taps("Example ID")
                taps(En.account.changePin)
                sees(En.changePin.presentTitle)
                entersPin(PIN)
                sees(En.changePin.newTitle)
                entersPin(OTHER_PIN)
                sees(En.changePin.repeatTitle)
                entersPin(OTHER_PIN)
                sees(En.changePin.doneTitle)
                taps(En.common.done)
                taps(En.common.back)
                val signIn = server.signIn(account)
                finds("Sign-in to ${Server.SERVICE}")
                approves(signIn, OTHER_PIN)
            }
        }

    @Test
    fun `A5, unlinking removes the account here and the phone there`() =
        paired { phone, _ ->
            inHand(phone) {
                taps("Example ID")
                taps(En.account.unlink)
                taps(En.unlink.unlink)
                sees(En.unlink.doneTitle)
            }
            assertEquals(emptyList(), phone.core.accounts())
        }

    @Test
    fun `A9, what was approved is in the history with its code`() =
        paired { phone, account ->
            val signIn = server.signIn(account)
            inHand(phone) {
                taps("Sign-in to ${Server.SERVICE}")
                approvesHere(signIn, PIN)
                val code =
                    phone.core
                        .history()
                        .first()
                        .signInCode
                sees(code)
                taps(En.common.done)
                taps(En.common.history)
                sees(code)
            }
        }

    @Test
    fun `a link that arrives while a request is on screen replaces nothing`() =
        paired { phone, account ->
            server.signIn(account)
            inHand(phone) {
                taps("Sign-in to ${Server.SERVICE}")
                sees("Sign in to ${Server.SERVICE}?")
                app.linkArrived(server.enrol(server.addAccount("emil@example.eu")).link)
                assertTrue(shows("Sign in to ${Server.SERVICE}?"))
                taps(En.common.cancel)
                taps(En.common.done)
                taps(En.accounts.requestArrivedOpen)
                sees(En.problem.scanRequired)
            }
        }

    @Test
    fun `a server that is away is said with its way on`() {
        val other = Server()
        Phone().use { phone ->
            phone.pair(other, other.addAccount("dora@example.eu"), PIN)
            other.close()
            inHand(phone) {
                sees(En.accounts.noAnswer("Example ID"))
                sees("Nothing was sent.")
            }
        }
    }

    private fun Hand.pairs(account: String) {
        taps(En.welcome.pair)
        (app.around.device as LabDevice).copied = server.enrol(account).also { enrolment = it }.link
        taps(En.scanner.pasteLink)
        taps(En.pairConfirm.yes)
        sees(En.choosePin.title)
        entersPin(PIN)
        sees(En.choosePin.repeatTitle)
        entersPin(PIN)
        server.confirm(checkNotNull(enrolment), readsCode())
        sees(En.pairedDone.title)
        taps(En.common.done)
    }

    private fun Hand.approves(
        signIn: Server.SignIn,
        pin: String,
    ) {
        taps("Sign-in to ${Server.SERVICE}")
        approvesHere(signIn, pin)
    }

    private fun Hand.approvesHere(
        signIn: Server.SignIn,
        pin: String,
    ) {
        typesNumber(signIn.number)
        taps(En.common.approve)
        entersPin(pin)
        sees(En.approved.title)
    }

    private var enrolment: Server.Enrolment? = null

    private fun withPhone(use: (Phone, String) -> Unit) = Phone().use { use(it, server.addAccount("anna${accounts++}@example.eu")) }

    private fun paired(use: (Phone, String) -> Unit) =
        withPhone { phone, account ->
            phone.pair(server, account, PIN)
            use(phone, account)
        }

    private var accounts = 0

    private companion object {
        const val PIN = "4927"
        const val OTHER_PIN = "3816"
    }
}
