package eu.countersign.shell

import eu.countersign.core.AccountState
import eu.countersign.core.BiometricsState
import eu.countersign.core.Problem
import eu.countersign.core.RefusalCode
import eu.countersign.lab.Maker
import eu.countersign.lab.Phone
import eu.countersign.lab.Server
import eu.countersign.lab.VouchedKeys
import eu.countersign.lab.around
import eu.countersign.lab.type
import eu.countersign.lab.typed
import eu.countersign.shell.pairing.PairingModel
import eu.countersign.shell.problem.Advice
import eu.countersign.shell.problem.advice
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.TestInstance
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs
import kotlin.test.assertTrue

/** A server that lets in only keys that the maker of the phone vouches for (protocol 2.3). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttestationTest {
    private val maker = Maker()
    private val server = Server(*maker.trusted()).apply { choose("attest", "enforce") }

    @AfterAll
    fun stop() = server.close()

    @Test
    fun `a phone whose keys are vouched for pairs, and its finger counts`() =
        Phone(VouchedKeys(maker)).use { phone ->
            phone.pair(server, server.addAccount("anna@example.eu"), PIN)
            val account =
                phone.core
                    .accounts()
                    .single()
                    .id
            phone.core.turnOnBiometrics(account).use { flow ->
                val asked = assertIs<BiometricsState.NeedsSignature>(flow.submit(typed(PIN))).request
                assertIs<BiometricsState.On>(flow.submitSignature(phone.keys.sign(asked.key, asked.payload)))
            }
        }

    @Test
    fun `a phone that nobody vouches for is refused, and says why`() =
        runTest {
            Phone(VouchedKeys(null)).use { phone ->
                val enrolment = server.enrol(server.addAccount("boris@example.eu"))
                val model = PairingModel(phone.pasted(enrolment.link), around(backgroundScope))
                model.accept()?.join()
                model.first.type(PIN)
                model.repeatPin()
                model.repeat.type(PIN)
                model.choosePin()?.join()
                val refused = assertIs<Problem.Refused>(model.shown.value.problem)
                assertEquals(RefusalCode.ATTESTATION_REJECTED, refused.code)
                assertEquals(Advice.GET_HELP, refused.advice())
                assertTrue(phone.core.accounts().none { it.state is AccountState.Active })
            }
        }

    @Test
    fun `a phone of a maker that the server does not know is refused alike`() {
        Phone(VouchedKeys(Maker())).use { phone ->
            val account = server.addAccount("clara@example.eu")
            val refused = assertFailsWith<Problem.Refused> { phone.pair(server, account, PIN) }
            assertEquals(RefusalCode.ATTESTATION_REJECTED, refused.code)
        }
    }

    private companion object {
        const val PIN = "4927"
    }
}
