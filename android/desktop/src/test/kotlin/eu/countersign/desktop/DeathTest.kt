package eu.countersign.desktop

import eu.countersign.core.AccountState
import eu.countersign.core.EnrolmentKind
import eu.countersign.core.MoveState
import eu.countersign.lab.LabDevice
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
import kotlin.test.assertNotNull
import kotlin.test.assertNull

/** The process dies in the middle of each flow: the next one has what was stored and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeathTest {
    private val server = Server()
    private var accounts = 0

    @AfterAll
    fun stop() = server.close()

    @Test
    fun `a pairing that was not sent yet begins anew with the same code`() =
        Phone().use { phone ->
            val enrolment = server.enrol(newAccount())
            val reached: List<Hand.() -> Unit> =
                listOf(
                    {},
                    { taps(En.pairConfirm.yes).also { types("49") } },
                    { taps(En.pairConfirm.yes).also { entersPin(PIN) }.also { types("49") } },
                )
            for (before in reached) {
                phone.diesIn {
                    scansFirst(enrolment.link)
                    before()
                }
                assertEquals(emptyList(), phone.core.accounts())
            }
            inHand(phone) {
                scansFirst(enrolment.link)
                server.confirm(enrolment, pairsHere())
                sees(En.pairedDone.title)
            }
        }

    @Test
    fun `a pairing that the server never heard of, although keys were made, begins anew with the same code`() =
        Phone().use { phone ->
            val enrolment = server.enrol(newAccount())
            phone.diesIn {
                scansFirst(enrolment.link)
                taps(En.pairConfirm.yes)
                entersPin(PIN)
                sees(En.choosePin.repeatTitle)
                types(PIN)
                server.away {
                    taps(En.common.ok)
                    sees(En.failure.lostAnswerTitle)
                    // What would send it again ends here, as it does with the process.
                    app.done()
                }
            }
            assertNull(
                assertIs<AccountState.Pairing>(
                    phone.core
                        .accounts()
                        .single()
                        .state,
                ).code,
            )
            inHand(phone) {
                sees(En.accounts.pairing)
                taps(En.accounts.add)
                scans(enrolment.link)
                taps(En.pairConfirm.againYes)
                server.confirm(enrolment, pairsHere())
                sees(En.pairedDone.title)
            }
            assertEquals(1, phone.core.accounts().count { it.state is AccountState.Active })
        }

    @Test
    fun `a pairing whose code waits shows the same code, and ends by it`() =
        Phone().use { phone ->
            val account = newAccount()
            val enrolment = server.enrol(account)
            var code = ""
            phone.diesIn {
                scansFirst(enrolment.link)
                code = pairsHere()
            }
            phone.diesIn {
                sees(En.accounts.pairing)
                taps("Example ID")
                sees(En.pairCode.title)
                assertEquals(code, readsCode())
            }
            server.confirm(enrolment, code)
            val signIn = server.signIn(account)
            inHand(phone) { approves(signIn, PIN) }
            assertEquals("approved", server.stateOf(signIn))
        }

    @Test
    fun `a sign-in whose number, PIN or finger was not given yet asks for all of it again`() =
        paired { phone, account ->
            val prompt = UntouchedPrompt(phone.keys, free = 1)
            phone.diesIn(prompt) {
                turnsOnFingerprint(PIN)
                sees(En.biometricsState.on("Example ID"))
            }
            val signIn = server.signIn(account, factors = "\"pin\",\"bio\"")
            phone.diesIn {
                taps("Sign-in to ${Server.SERVICE}")
                typesNumber(signIn.number)
            }
            phone.diesIn { opensForPin(signIn).also { types("49") } }
            phone.diesIn(prompt) { opensForPin(signIn).also { taps(En.pin.useFingerprint) } }
            assertEquals("pending", server.stateOf(signIn))
            assertEquals(emptyList(), phone.core.history())
            inHand(phone) {
                taps("Sign-in to ${Server.SERVICE}")
                sees(En.spoken.numberField(0))
                typesNumber(signIn.number)
                taps(En.common.approve)
                entersPin(PIN)
                sees(En.approved.title)
            }
            assertEquals("approved", server.stateOf(signIn))
            assertEquals(1, phone.core.history().size)
        }

    @Test
    fun `an answer that waited for the network is asked for again, and counts once`() =
        paired { phone, account ->
            val signIn = server.signIn(account, mapOf("Payee" to "Riverside Nursery"))
            phone.diesIn {
                opensTransaction(signIn)
                types(PIN)
                server.away {
                    taps(En.common.ok)
                    sees(En.noNetwork.title("Example ID"))
                    diesWithoutNetwork()
                }
            }
            assertEquals("pending", server.stateOf(signIn))
            inHand(phone) {
                opensTransaction(signIn)
                entersPin(PIN)
                sees(En.approved.textSign(Server.SERVICE))
            }
            assertEquals("approved", server.stateOf(signIn))
            assertEquals(1, phone.core.history().size)
        }

    @Test
    fun `a scanned sign-in is started again in the browser, and nothing was approved`() =
        paired { phone, _ ->
            val tid = server.qrSignIn()
            phone.diesIn {
                taps(En.accounts.scan)
                scans(server.frame(tid))
                sees(En.request.scannedTitle)
                taps(En.common.approve)
                types("49")
            }
            assertEquals("claimed", server.stateOf(tid))
            val next = server.qrSignIn()
            inHand(phone) {
                sees(En.accounts.noRequest)
                taps(En.accounts.scan)
                scans(server.frame(next))
                taps(En.common.approve)
                entersPin(PIN)
                sees(En.approved.title)
            }
            assertEquals("claimed", server.stateOf(tid))
        }

    @Test
    fun `a code without network is gone, and the next one is taken`() =
        paired { phone, account ->
            val (tid, qr) = server.offlineSignIn(account)
            var code = ""
            server.away {
                phone.diesIn { opensOffline(qr).also { types("49") } }
                phone.diesIn { opensOffline(qr).also { entersPin(PIN) }.also { readsCode() } }
                inHand(phone) {
                    opensOffline(qr)
                    entersPin(PIN)
                    code = readsCode()
                }
            }
            assertEquals("approved", server.typeCode(tid, code))
        }

    @Test
    fun `a change of the PIN that was not sent changes nothing, and one whose sending is unclear is settled and said`() =
        paired { phone, account ->
            phone.diesIn { opensPinChange().also { types("49") } }
            phone.diesIn {
                opensPinChange()
                entersPin(PIN)
                sees(En.changePin.newTitle)
                types(OTHER_PIN)
            }
            phone.diesIn {
                opensPinChange()
                entersPin(PIN)
                sees(En.changePin.newTitle)
                entersPin(OTHER_PIN)
                sees(En.changePin.repeatTitle)
                types(OTHER_PIN)
                server.away {
                    taps(En.common.ok)
                    sees(En.changeLost.title)
                    diesWithoutNetwork()
                }
            }
            inHand(phone) {
                sees(En.settled.unchanged)
                val signIn = server.signIn(account)
                finds("Sign-in to ${Server.SERVICE}")
                approves(signIn, PIN)
            }
        }

    @Test
    fun `the old phone's side of a move begins anew, and its account stays`() =
        paired { old, account ->
            val enters: Hand.() -> Unit = {
                taps("Example ID")
                taps(En.account.move)
                sees(En.spoken.digitsTyped(0))
            }
            old.diesIn { enters().also { types("49") } }
            old.diesIn {
                enters()
                entersPin(PIN)
                sees(En.move.scanTitle)
            }
            Phone().use { new ->
                inHand(old) {
                    enters()
                    entersPin(PIN)
                    sees(En.move.scanTitle)
                    val flow = new.pasted(showsCodeOf())
                    flow.accept()
                    flow.choosePin(typed(OTHER_PIN), typed(OTHER_PIN))
                }
            }
            val signIn = server.signIn(account)
            inHand(old) { approves(signIn, PIN) }
        }

    @Test
    fun `the new phone's side of a move shows its code again`() =
        paired { old, _ ->
            Phone().use { new ->
                val flow = old.core.bringIn(old.core.accounts().map { it.id }, EnrolmentKind.MIGRATE)
                val shown = assertIs<MoveState.ShowCode>(flow.submit(typed(PIN))).text
                var code = ""
                new.diesIn {
                    taps(En.welcome.move)
                    scans(shown)
                    code = pairsHere()
                }
                inHand(new) {
                    taps("Example ID")
                    assertEquals(code, readsCode())
                    flow.confirm(code, typed(PIN))
                    taps(En.next.checkAgain)
                    sees(En.account.changePin)
                }
                assertIs<AccountState.Active>(
                    new.core
                        .accounts()
                        .single()
                        .state,
                )
            }
        }

    @Test
    fun `an unlinking that did not reach the server leaves the account, and is done again`() =
        paired { phone, account ->
            phone.diesIn {
                taps("Example ID")
                taps(En.account.unlink)
                server.away {
                    taps(En.unlink.unlink)
                    sees(En.unlink.notReachedText("Example ID"))
                }
            }
            assertNotNull(phone.core.accounts().singleOrNull())
            val signIn = server.signIn(account)
            inHand(phone) {
                approves(signIn, PIN)
                app.done()
                taps("Example ID")
                taps(En.account.unlink)
                taps(En.unlink.unlink)
                sees(En.unlink.doneTitle)
            }
            assertEquals(emptyList(), phone.core.accounts())
        }

    /** What a person does before the process dies, and the app is opened again. */
    private fun Phone.diesIn(
        prompt: Prompt? = null,
        before: Hand.() -> Unit,
    ) {
        if (prompt == null) inHand(this, use = before) else inHand(this, LabDevice(), prompt, before)
        restart()
    }

    /** What would send again, or find out, ends while the network is still away, as it does with the process. */
    private fun Hand.diesWithoutNetwork() {
        app.done()
        sees(En.accounts.noAnswer("Example ID"))
    }

    private fun Hand.scansFirst(link: String) {
        taps(En.welcome.pair)
        scans(link)
        sees(En.pairConfirm.askTitle)
    }

    /** From the question to the code. */
    private fun Hand.pairsHere(): String {
        taps(En.pairConfirm.yes)
        entersPin(PIN)
        sees(En.choosePin.repeatTitle)
        entersPin(PIN)
        return readsCode()
    }

    private fun Hand.opensTransaction(signIn: Server.SignIn) {
        taps("Request of ${Server.SERVICE}")
        sees("Riverside Nursery")
        typesNumber(signIn.number)
        taps(En.common.approve)
        sees(En.spoken.digitsTyped(0))
    }

    private fun Hand.opensOffline(qr: String) {
        taps(En.accounts.scan)
        scans(qr)
        taps(En.offline.getCode)
        sees(En.spoken.digitsTyped(0))
    }

    private fun paired(use: (Phone, String) -> Unit) =
        Phone().use { phone ->
            val account = newAccount()
            phone.pair(server, account, PIN)
            use(phone, account)
        }

    private fun newAccount(): String = server.addAccount("jana${accounts++}@example.eu")

    private companion object {
        const val PIN = "4927"
        const val OTHER_PIN = "3816"
    }
}
