package eu.countersign.shell

import eu.countersign.core.AccountState
import eu.countersign.core.Entry
import eu.countersign.core.PairingState
import eu.countersign.core.PinRule
import eu.countersign.core.Problem
import eu.countersign.lab.Phone
import eu.countersign.lab.Server
import eu.countersign.lab.around
import eu.countersign.lab.type
import eu.countersign.shell.pairing.PairingModel
import eu.countersign.shell.problem.Advice
import eu.countersign.shell.problem.advice
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.TestInstance
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs
import kotlin.test.assertNull

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PairingTest {
    private val server = Server()

    @AfterAll
    fun stop() = server.close()

    @Test
    fun `a phone pairs by a pasted link and the code that it shows`() =
        runTest {
            Phone().use { phone ->
                val enrolment = server.enrol(server.addAccount("anna@example.eu"))
                val model = PairingModel(phone.pasted(enrolment.link), around(backgroundScope))
                model.begin()?.join()
                val asked = assertIs<PairingState.Confirm>(model.shown.value.state)
                assertEquals(server.base, asked.iss)
                assertEquals("a***@example.eu", asked.account)

                model.accept()?.join()
                assertIs<PairingState.ChoosePin>(model.shown.value.state)
                model.choose("4927", "4927")
                val code = assertIs<PairingState.TypeCode>(model.shown.value.state).code
                assertEquals(0, model.first.typed.value + model.repeat.typed.value, "both entries are empty")

                server.confirm(enrolment, code)
                model.shown.first { it.state is PairingState.Active }
                val account = phone.core.accounts().single()
                assertIs<AccountState.Active>(account.state)
                assertEquals("anna@example.eu", account.label?.account)
            }
        }

    @Test
    fun `two PINs that differ and a PIN that is a row are refused, and the next choice is taken`() =
        runTest {
            Phone().use { phone ->
                val enrolment = server.enrol(server.addAccount("boris@example.eu"))
                val model = PairingModel(phone.pasted(enrolment.link), around(backgroundScope))
                model.accept()?.join()

                model.choose("4927", "4928")
                val different = model.shown.value.problem
                assertIs<Problem.PinMismatch>(different)
                assertEquals(Advice.TYPE_AGAIN, different.advice())

                model.choose("1234", "1234")
                assertIs<PinRule.Row>(assertIs<Problem.PinRejected>(model.shown.value.problem).rule)

                model.choose("4927", "4927")
                assertNull(model.shown.value.problem)
                assertIs<PairingState.TypeCode>(model.shown.value.state)
            }
        }

    @Test
    fun `a link that the system brought has to be scanned`() {
        Phone().use { phone ->
            val link = server.enrol(server.addAccount("clara@example.eu")).link
            val refused = assertFailsWith<Problem.ScanRequired> { phone.core.openCode(link, Entry.SYSTEM) }
            assertEquals(Advice.OPEN_SCANNER, refused.advice())
        }
    }

    private suspend fun PairingModel.choose(
        pin: String,
        again: String,
    ) {
        first.type(pin)
        repeatPin()
        repeat.type(again)
        choosePin()?.join()
    }
}
