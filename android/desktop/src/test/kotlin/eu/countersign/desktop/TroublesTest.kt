package eu.countersign.desktop

import androidx.compose.foundation.layout.size
import eu.countersign.core.Problem
import eu.countersign.core.SignInState
import eu.countersign.lab.LabDevice
import eu.countersign.lab.Phone
import eu.countersign.lab.Server
import eu.countersign.lab.typed
import eu.countersign.shell.device.SystemPage
import eu.countersign.ui.words.En
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.TestInstance
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs

/** What goes wrong, and what the screens say of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TroublesTest {
    private val server = Server()
    private var accounts = 0

    @AfterAll
    fun stop() = server.close()

    @Test
    fun `A8, five wrong PINs lock the phone, whoever typed them, and it says so with its ways out`() =
        Server().use { strict ->
            Phone().use { phone ->
                val account = strict.addAccount("eva@example.eu")
                phone.pair(strict, account, PIN)
                for (wrong in listOf("8205", "8206", "8207", "8208")) {
                    strict.signIn(account)
                    phone.copy().use { guesses(it, wrong, strict) }
                }
                strict.signIn(account)
                assertFailsWith<Problem.Locked> { phone.copy().use { guesses(it, "8209", strict) } }
                inHand(phone) {
                    taps("Example ID")
                    sees(En.locked.forGoodTitle("Example ID"))
                    sees(En.locked.otherPhone)
                }
            }
        }

    @Test
    fun `a server that wants a newer app is said over the request, which is there again when it takes that back`() =
        Server().use { modern ->
            Phone().use { phone ->
                val account = modern.addAccount("gesa@example.eu")
                phone.pair(modern, account, PIN)
                val signIn = modern.signIn(account)
                val device = LabDevice()
                inHand(phone, device) {
                    taps("Sign-in to ${Server.SERVICE}")
                    typesNumber(signIn.number)
                    taps(En.common.approve)
                    modern.choose(MIN_APP, "9.0.0")
                    entersPin(PIN)
                    sees(En.appTooOld.title)
                    sees(En.problem.appTooOld("Example ID", "9.0.0"))
                    taps(En.next.update)
                    assertEquals(listOf(SystemPage.STORE), device.opened)
                    assertEquals("pending", modern.stateOf(signIn))
                    taps(En.next.backToAccounts)
                    sees(En.accounts.noAnswer("Example ID"))
                    sees(En.problem.appTooOld("Example ID", "9.0.0"))
                    modern.unset(MIN_APP)
                    finds("Sign-in to ${Server.SERVICE}")
                    taps("Sign-in to ${Server.SERVICE}")
                    typesNumber(signIn.number)
                    taps(En.common.approve)
                    entersPin(PIN)
                    sees(En.approved.title)
                }
                assertEquals("approved", modern.stateOf(signIn))
            }
        }

    @Test
    fun `a server that wants a newer app is said before anything is paired`() =
        Server().use { modern ->
            modern.choose(MIN_APP, "9.0.0")
            Phone().use { phone ->
                val enrolment = modern.enrol(modern.addAccount("hugo@example.eu"))
                inHand(phone) {
                    taps(En.welcome.pair)
                    scans(enrolment.link)
                    sees(En.problem.appTooOld("This server", "9.0.0"))
                    taps(En.next.backToAccounts)
                    assertEquals(emptyList(), phone.core.accounts())
                    modern.unset(MIN_APP)
                    taps(En.welcome.pair)
                    scans(enrolment.link)
                    sees(En.pairConfirm.askTitle)
                }
            }
        }

    @Test
    fun `H1, a clock that is off is found by the self-test`() =
        Server().use { late ->
            Phone().use { phone ->
                phone.pair(late, late.addAccount("finn@example.eu"), PIN)
                late.advance(14 * 60)
                inHand(phone) {
                    taps(En.common.settings)
                    taps(En.settings.selfTest)
                    sees("14 minutes")
                }
            }
        }

    @Test
    fun `A4, a phone that was removed on the web says so`() =
        paired { phone, account ->
            server.removePhone(account)
            inHand(phone) {
                sees(En.accounts.removed)
                taps("Example ID")
                sees(En.removed.title)
            }
        }

    @Test
    fun `the code of others is not opened, and the scanner goes on`() =
        paired { phone, _ ->
            inHand(phone) {
                taps(En.accounts.scan)
                scans("https://example.com/menu")
                sees(En.qrNotOurs.title)
                taps(En.next.scanAgain)
                sees(En.scanner.text)
            }
        }

    @Test
    fun `P3, a slip in the typed code is said beside it`() =
        paired { phone, _ ->
            inHand(phone) {
                taps(En.accounts.scan)
                taps(En.scanner.typeCode)
                writes(En.noCamera.address, server.base)
                writes(En.noCamera.code, "7QK2-M4TX-9R2B-W8CF")
                taps(En.common.goOn)
                sees(En.problem.badCode)
            }
        }

    @Test
    fun `a server that goes away while the PIN is on its way is waited for, and nothing is approved twice`() =
        paired { phone, account ->
            val signIn = server.signIn(account)
            inHand(phone) {
                taps("Sign-in to ${Server.SERVICE}")
                typesNumber(signIn.number)
                taps(En.common.approve)
                types(PIN)
                server.away {
                    taps(En.common.ok)
                    sees(En.noNetwork.title("Example ID"))
                }
                taps(En.common.tryNow)
                sees(En.approved.title)
            }
            assertEquals("approved", server.stateOf(signIn))
        }

    /** Somebody with a copy of the phone's storage guesses, and waits as long as the server says. */
    private fun guesses(
        copy: Phone,
        pin: String,
        server: Server,
    ) {
        copy.onlyRequest().use { flow -> assertIs<SignInState.WrongPin>(flow.approve("000000", typed(pin))) }
        server.advance(LONGEST_WAIT)
    }

    private fun paired(use: (Phone, String) -> Unit) =
        Phone().use { phone ->
            val account = server.addAccount("dirk${accounts++}@example.eu")
            phone.pair(server, account, PIN)
            use(phone, account)
        }

    private companion object {
        const val PIN = "4927"
        const val MIN_APP = "min_app_android"

        /** Seconds after the fourth wrong PIN. */
        const val LONGEST_WAIT = 310L
    }
}
