package eu.countersign.shell

import eu.countersign.core.Deed
import eu.countersign.core.DenyWhy
import eu.countersign.core.Problem
import eu.countersign.core.SignInState
import eu.countersign.lab.Phone
import eu.countersign.lab.Server
import eu.countersign.lab.around
import eu.countersign.lab.type
import eu.countersign.shell.request.RequestModel
import kotlinx.coroutines.Job
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.TestInstance
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertIs
import kotlin.test.assertTrue

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInTest {
    private val server = Server()
    private val phone = Phone()
    private val account = server.addAccount("anna@example.eu")

    @BeforeAll
    fun pair() {
        phone.pair(server, account, PIN)
    }

    @AfterEach
    fun everyRequestIsAnswered() = assertEquals(emptyList(), phone.core.requests().use { it.requests() })

    @AfterAll
    fun stop() {
        phone.close()
        server.close()
    }

    @Test
    fun `a request is approved with the number of the browser and the PIN`() =
        runTest {
            val signIn = server.signIn(account)
            val model = model()
            val request = model.request
            assertEquals(Server.SERVICE, request.client)
            assertEquals("Brussels, BE", request.browser.place)
            assertTrue(request.terms.needsNumber)

            model.approve(signIn.number, PIN)?.join()
            val approved = assertIs<SignInState.Approved>(model.shown.value.state)
            assertEquals(0, model.pad.typed.value, "the entry is empty")
            assertEquals("approved", server.stateOf(signIn))
            val newest = phone.core.history().first()
            assertEquals(approved.signInCode, newest.signInCode)
            assertEquals(Deed.APPROVED, newest.deed)
        }

    @Test
    fun `a wrong number is said and costs no try of the PIN`() =
        runTest {
            val signIn = server.signIn(account)
            val model = model()
            model.approve(signIn.wrongNumber, PIN)?.join()
            assertEquals(2u, assertIs<SignInState.WrongNumber>(model.shown.value.state).left)
            model.approve(signIn.number, PIN)?.join()
            assertIs<SignInState.Approved>(model.shown.value.state)
        }

    @Test
    fun `a wrong PIN is said with the tries that are left, and the right one still counts`() =
        runTest {
            val signIn = server.signIn(account)
            val model = model()
            model.approve(signIn.number, "4928")?.join()
            assertEquals(4u, assertIs<SignInState.WrongPin>(model.shown.value.state).left)
            assertEquals("pending", server.stateOf(signIn))
            model.approve(signIn.number, PIN)?.join()
            assertIs<SignInState.Approved>(model.shown.value.state)
        }

    @Test
    fun `nothing is sent without the number, or with half a PIN`() =
        runTest {
            val signIn = server.signIn(account)
            val model = model()
            model.approve("48392", PIN)?.join()
            assertIs<Problem.NumberMissing>(model.shown.value.problem)
            model.approve(signIn.number, "49")?.join()
            assertIs<Problem.PinIncomplete>(model.shown.value.problem)
            model.approve(signIn.number, PIN)?.join()
            assertIs<SignInState.Approved>(model.shown.value.state)
        }

    @Test
    fun `it was not me needs no PIN and ends the sign-in`() =
        runTest {
            val signIn = server.signIn(server.addAccount("dora@example.eu").also(::pairOther))
            val model = model()
            model.deny(DenyWhy.NOT_ME)?.join()
            assertEquals(DenyWhy.NOT_ME, assertIs<SignInState.Denied>(model.shown.value.state).why)
            assertEquals("reported", server.stateOf(signIn))
        }

    @Test
    fun `a second tap while the first is under way does nothing`() =
        runTest {
            val signIn = server.signIn(account)
            val model = model()
            val first = model.approve(signIn.number, PIN)
            assertTrue(model.shown.value.busy)
            assertEquals(null, model.deny(DenyWhy.CANCEL))
            first?.join()
            assertIs<SignInState.Approved>(model.shown.value.state)
        }

    @Test
    fun `a request is still there after the process died`() =
        runTest {
            val signIn = server.signIn(account)
            model()
            phone.restart()
            val model = model()
            model.approve(signIn.number, PIN)?.join()
            assertIs<SignInState.Approved>(model.shown.value.state)
        }

    private fun TestScope.model(): RequestModel {
        val flow = phone.onlyRequest()
        return RequestModel(flow, flow.request(), warnOfCalls = true, around(backgroundScope))
    }

    private fun RequestModel.approve(
        number: String,
        pin: String,
    ): Job? {
        this.number.clear()
        this.number.type(number)
        pad.type(pin)
        return submit()
    }

    /** A second account on the same phone, so that a report stops the pushes of no other test. */
    private fun pairOther(other: String) = phone.pair(server, other, "3816")

    private companion object {
        const val PIN = "4927"
    }
}
