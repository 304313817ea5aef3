package eu.countersign.desktop

import androidx.compose.foundation.layout.size
import eu.countersign.core.PairingState
import eu.countersign.lab.LabDevice
import eu.countersign.lab.LabPrompt
import eu.countersign.lab.Phone
import eu.countersign.lab.Server
import eu.countersign.lab.typed
import eu.countersign.shell.device.Prompt
import eu.countersign.ui.words.En
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.TestInstance
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertIs
import kotlin.test.assertTrue

/** Other ways in: frames, links, without network, rows, finger, several accounts, another phone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WaysTest {
    private val server = Server()
    private var accounts = 0

    @AfterAll
    fun stop() = server.close()

    @Test
    fun `P1, a phone pairs by a code that the scanner sees`() =
        Phone().use { phone ->
            val enrolment = server.enrol(newAccount())
            inHand(phone) {
                taps(En.welcome.pair)
                scans(enrolment.link)
                taps(En.pairConfirm.yes)
                entersPin(PIN)
                sees(En.choosePin.repeatTitle)
                entersPin(PIN)
                server.confirm(enrolment, readsCode())
                sees(En.pairedDone.title)
            }
        }

    @Test
    fun `S3, a frame is scanned and approved without a number`() =
        paired { phone, _ ->
            val tid = server.qrSignIn()
            inHand(phone) {
                taps(En.accounts.scan)
                scans(server.frame(tid))
                sees(En.request.scannedTitle)
                taps(En.common.approve)
                entersPin(PIN)
                sees(En.approved.title)
            }
            assertEquals("approved", server.stateOf(tid))
        }

    @Test
    fun `S4, a link of the phone's browser is approved and leads back to it`() =
        paired { phone, account ->
            val (tid, link) = server.linkSignIn(account)
            val device = LabDevice()
            inHand(phone, device) {
                sees(En.accounts.noRequest)
                app.linkArrived(link)
                sees("Sign in to ${Server.SERVICE} on this phone?")
                taps(En.common.approve)
                entersPin(PIN)
                taps(En.approved.backToBrowser)
            }
            assertEquals("approved", server.stateOf(tid))
            assertTrue(device.browsed.single().startsWith("${Server.ORIGIN}/back"))
        }

    @Test
    fun `S5, without network the phone shows eight digits that the page takes`() =
        paired { phone, account ->
            val (tid, qr) = server.offlineSignIn(account)
            val code =
                server.away {
                    var shown = ""
                    inHand(phone) {
                        taps(En.accounts.scan)
                        scans(qr)
                        sees(En.offline.noNetworkTitle)
                        taps(En.offline.getCode)
                        entersPin(PIN)
                        shown = readsCode()
                        taps(En.offline.hide)
                        sees(En.offline.goneTitle)
                    }
                    shown
                }
            assertEquals("approved", server.typeCode(tid, code))
        }

    @Test
    fun `S6, signed rows stand first and are approved`() =
        paired { phone, account ->
            val rows = mapOf("Payee" to "Riverside Nursery", "Amount" to "EUR 120.00")
            val signIn = server.signIn(account, rows)
            inHand(phone) {
                taps("Request of ${Server.SERVICE}")
                sees("Riverside Nursery")
                sees("EUR 120.00")
                typesNumber(signIn.number)
                taps(En.common.approve)
                entersPin(PIN)
                sees(En.approved.textSign(Server.SERVICE))
            }
            assertEquals("approved", server.stateOf(signIn))
        }

    @Test
    fun `A2, the fingerprint is turned on with the PIN and approves`() =
        paired { phone, account ->
            inHand(phone) {
                turnsOnFingerprint(PIN)
                sees(En.biometricsState.on("Example ID"))
                approvesByFinger(account)
                sees(En.approved.title)
            }
        }

    @Test
    fun `A2, a finger that is cancelled, locked out or new leaves the PIN`() =
        paired { phone, account ->
            val refusals =
                arrayOf(Prompt.Answer.Cancelled, Prompt.Answer.LockedOut, Prompt.Answer.Invalidated)
            inHand(phone, prompt = LabPrompt(phone.keys::answer, null, *refusals)) {
                turnsOnFingerprint(PIN)
                sees(En.biometricsState.on("Example ID"))
                val signIn = approvesByFinger(account)
                sees(En.biometric.cancelled)
                taps(En.pin.useFingerprint)
                sees(En.biometric.lockedOut)
                taps(En.pin.useFingerprint)
                sees(En.biometric.changed)
                entersPin(PIN)
                sees(En.approved.title)
                assertEquals("approved", server.stateOf(signIn))
            }
        }

    @Test
    fun `A3, of two accounts at one server the person says which`() =
        paired { phone, _ ->
            val second = "clara@example.eu"
            phone.pair(server, server.addAccount(second), "3816")
            val tid = server.qrSignIn()
            inHand(phone) {
                taps(En.accounts.scan)
                scans(server.frame(tid))
                sees(En.otherAccount.chooseTitle)
                taps(second)
                sees("Sign in to ${Server.SERVICE}?")
                taps(En.common.approve)
                entersPin("3816")
                sees(En.approved.title)
            }
        }

    @Test
    fun `A6, the old phone brings in the new one, which then can approve`() =
        paired { old, account ->
            Phone().use { new ->
                inHand(old) {
                    taps("Example ID")
                    taps(En.account.move)
                    entersPin(PIN)
                    sees(En.move.scanTitle)
                    val flow = new.pasted(showsCodeOf())
                    flow.accept()
                    val code = flow.choosePin(typed("3816"), typed("3816")) as PairingState.TypeCode
                    taps(En.move.scanned)
                    types(code.code)
                    taps(En.move.confirm)
                    entersPin(PIN)
                    sees(En.move.doneTitle)
                    assertIs<PairingState.Active>(flow.poll())
                }
                assertEquals(1, new.core.accounts().size)
                assertEquals("pending", server.stateOf(server.signIn(account)))
            }
        }

    @Test
    fun `after the process died the request is there again and nothing was lost`() =
        paired { phone, account ->
            val signIn = server.signIn(account)
            inHand(phone) {
                taps("Sign-in to ${Server.SERVICE}")
                typesNumber(signIn.number)
                taps(En.common.approve)
                types("49")
            }
            phone.restart()
            inHand(phone) {
                taps("Sign-in to ${Server.SERVICE}")
                typesNumber(signIn.number)
                taps(En.common.approve)
                entersPin(PIN)
                sees(En.approved.title)
            }
        }

    private fun Hand.approvesByFinger(account: String): Server.SignIn {
        val signIn = server.signIn(account, factors = "\"pin\",\"bio\"")
        app.done()
        taps("Sign-in to ${Server.SERVICE}")
        typesNumber(signIn.number)
        taps(En.common.approve)
        taps(En.pin.useFingerprint)
        return signIn
    }

    private fun paired(use: (Phone, String) -> Unit) =
        Phone().use { phone ->
            val account = newAccount()
            phone.pair(server, account, PIN)
            use(phone, account)
        }

    private fun newAccount(): String = server.addAccount("boris${accounts++}@example.eu")

    private companion object {
        const val PIN = "4927"
    }
}
