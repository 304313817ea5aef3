package eu.countersign.desktop

import eu.countersign.core.EnrolmentKind
import eu.countersign.core.MoveState
import eu.countersign.core.PairingState
import eu.countersign.lab.LabDevice
import eu.countersign.lab.Phone
import eu.countersign.lab.Server
import eu.countersign.lab.typed
import eu.countersign.ui.words.En
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.TestInstance
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertIs

/** The phone is turned in the middle of each flow: the window is another one, and everything goes on where it was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RotationTest {
    private val server = Server()
    private var accounts = 0

    @AfterAll
    fun stop() = server.close()

    @Test
    fun `a pairing goes on, from the question to the code that waits`() =
        Phone().use { phone ->
            val enrolment = server.enrol(newAccount())
            inHand(phone, LabDevice().apply { copied = enrolment.link }) {
                taps(En.welcome.pair)
                turns()
                taps(En.scanner.pasteLink)
                sees(En.pairConfirm.askTitle)
                turns()
                taps(En.pairConfirm.yes)
                typesPinTurning()
                sees(En.choosePin.repeatTitle)
                turns()
                typesPinTurning(ok = false)
                server.away {
                    taps(En.common.ok)
                    sees(En.failure.lostAnswerTitle)
                    turns()
                    sees(En.failure.lostAnswerTitle)
                }
                val code = readsCode()
                turns()
                assertEquals(code, readsCode())
                server.confirm(enrolment, code)
                sees(En.pairedDone.title)
                turns()
                taps(En.common.done)
                sees(En.accounts.noRequest)
            }
            assertEquals(1, phone.core.accounts().size)
        }

    @Test
    fun `a sign-in keeps its number and half its PIN, and waits for the network`() =
        paired { phone, account ->
            val signIn = server.signIn(account)
            inHand(phone) {
                taps("Sign-in to ${Server.SERVICE}")
                turns()
                typesNumber(signIn.number)
                turns()
                taps(En.common.approve)
                typesPinTurning(ok = false)
                server.away {
                    taps(En.common.ok)
                    sees(En.noNetwork.title("Example ID"))
                    turns()
                    sees(En.noNetwork.title("Example ID"))
                }
                sees(En.approved.title)
                turns()
                sees(En.approved.title)
            }
            assertEquals("approved", server.stateOf(signIn))
            assertEquals(1, phone.core.history().size)
        }

    @Test
    fun `the question for a finger stays open, and is asked once`() =
        paired { phone, account ->
            val prompt = UntouchedPrompt(phone.keys, free = 1)
            inHand(phone, prompt = prompt) {
                turnsOnFingerprint(PIN)
                sees(En.biometricsState.on("Example ID"))
                val signIn = server.signIn(account, factors = "\"pin\",\"bio\"")
                app.done()
                finds("Sign-in to ${Server.SERVICE}")
                opensForPin(signIn)
                taps(En.pin.useFingerprint)
                turns()
                assertEquals("pending", server.stateOf(signIn))
                prompt.touched.complete(Unit)
                sees(En.approved.title)
                assertEquals("approved", server.stateOf(signIn))
            }
            assertEquals(2, prompt.asked)
        }

    @Test
    fun `a transaction keeps its rows and its number`() =
        paired { phone, account ->
            val signIn = server.signIn(account, mapOf("Payee" to "Riverside Nursery", "Amount" to "EUR 120.00"))
            inHand(phone) {
                taps("Request of ${Server.SERVICE}")
                turns()
                sees("Riverside Nursery")
                sees("EUR 120.00")
                typesNumber(signIn.number)
                turns()
                sees("Riverside Nursery")
                taps(En.common.approve)
                typesPinTurning()
                sees(En.approved.textSign(Server.SERVICE))
            }
            assertEquals("approved", server.stateOf(signIn))
        }

    @Test
    fun `a scanned sign-in keeps its question which account, its request and half its PIN`() =
        paired { phone, _ ->
            val second = "clara${accounts++}@example.eu"
            phone.pair(server, server.addAccount(second), PIN)
            val tid = server.qrSignIn()
            inHand(phone) {
                taps(En.accounts.scan)
                scans(server.frame(tid))
                sees(En.otherAccount.chooseTitle)
                turns()
                taps(second)
                sees(En.request.scannedTitle)
                turns()
                taps(En.common.approve)
                typesPinTurning()
                sees(En.approved.title)
            }
            assertEquals("approved", server.stateOf(tid))
        }

    @Test
    fun `a sign-in without network keeps half its PIN, and its code`() =
        paired { phone, account ->
            val (tid, qr) = server.offlineSignIn(account)
            var code = ""
            server.away {
                inHand(phone) {
                    taps(En.accounts.scan)
                    scans(qr)
                    sees(En.offline.noNetworkTitle)
                    turns()
                    taps(En.offline.getCode)
                    typesPinTurning()
                    code = readsCode()
                    turns()
                    assertEquals(code, readsCode())
                }
            }
            assertEquals("approved", server.typeCode(tid, code))
        }

    @Test
    fun `a change of the PIN goes on at its step, and is saved once`() =
        paired { phone, account ->
            inHand(phone) {
                opensPinChange()
                typesPinTurning()
                sees(En.changePin.newTitle)
                turns()
                typesPinTurning(OTHER_PIN)
                sees(En.changePin.repeatTitle)
                typesPinTurning(OTHER_PIN, ok = false)
                server.away {
                    taps(En.common.ok)
                    sees(En.changeLost.title)
                    turns()
                    sees(En.changeLost.title)
                }
                sees(En.changePin.doneTitle)
                turns()
                sees(En.changePin.doneTitle)
                app.done()
                val signIn = server.signIn(account)
                finds("Sign-in to ${Server.SERVICE}")
                approves(signIn, OTHER_PIN)
            }
        }

    @Test
    fun `the old phone's side of a move keeps its PIN, its code and the digits of the new phone`() =
        paired { old, _ ->
            Phone().use { new ->
                inHand(old) {
                    taps("Example ID")
                    taps(En.account.move)
                    typesPinTurning()
                    sees(En.move.scanTitle)
                    val shown = showsCodeOf()
                    turns()
                    assertEquals(shown, showsCodeOf())
                    val flow = new.pasted(shown)
                    flow.accept()
                    val code = assertIs<PairingState.TypeCode>(flow.choosePin(typed(OTHER_PIN), typed(OTHER_PIN))).code
                    taps(En.move.scanned)
                    types(code)
                    turns()
                    // The page of the digits is one touch away, and they are still on it.
                    taps(En.move.scanned)
                    sees(En.spoken.codeField(code.length))
                    taps(En.move.confirm)
                    typesPinTurning()
                    sees(En.move.doneTitle)
                    turns()
                    sees(En.move.doneTitle)
                    assertIs<PairingState.Active>(flow.poll())
                }
            }
        }

    @Test
    fun `the new phone's side of a move goes on as well`() =
        paired { old, _ ->
            Phone().use { new ->
                val flow = old.core.bringIn(old.core.accounts().map { it.id }, EnrolmentKind.MIGRATE)
                val shown = assertIs<MoveState.ShowCode>(flow.submit(typed(PIN))).text
                inHand(new) {
                    taps(En.welcome.move)
                    turns()
                    scans(shown)
                    taps(En.pairConfirm.yes)
                    typesPinTurning(OTHER_PIN)
                    sees(En.choosePin.repeatTitle)
                    typesPinTurning(OTHER_PIN)
                    val code = readsCode()
                    turns()
                    flow.confirm(code, typed(PIN))
                    sees(En.pairedDone.title)
                }
                assertEquals(1, new.core.accounts().size)
            }
        }

    @Test
    fun `unlinking asks on, and tells what came of it`() =
        paired { phone, _ ->
            inHand(phone) {
                taps("Example ID")
                taps(En.account.unlink)
                sees(En.unlink.title("Example ID"))
                turns()
                server.away {
                    taps(En.unlink.unlink)
                    sees(En.unlink.notReachedText("Example ID"))
                    turns()
                    sees(En.unlink.notReachedText("Example ID"))
                    assertEquals(1, phone.core.accounts().size)
                }
                taps(En.common.tryAgain)
                sees(En.unlink.doneTitle)
                turns()
                sees(En.unlink.doneTitle)
            }
            assertEquals(emptyList(), phone.core.accounts())
        }

    /** Half of a PIN, a turn, and the rest: nobody types twice. */
    private fun Hand.typesPinTurning(
        pin: String = PIN,
        ok: Boolean = true,
    ) {
        sees(En.spoken.digitsTyped(0))
        types(pin.take(2))
        turns()
        sees(En.spoken.digitsTyped(2))
        types(pin.drop(2))
        if (ok) taps(En.common.ok)
    }

    private fun paired(use: (Phone, String) -> Unit) =
        Phone().use { phone ->
            val account = newAccount()
            phone.pair(server, account, PIN)
            use(phone, account)
        }

    private fun newAccount(): String = server.addAccount("ida${accounts++}@example.eu")

    private companion object {
        const val PIN = "4927"
        const val OTHER_PIN = "3816"
    }
}
