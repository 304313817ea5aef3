package eu.countersign.shell

import eu.countersign.core.Request
import eu.countersign.core.SignInFlowInterface
import eu.countersign.core.SignInState
import eu.countersign.lab.LabDevice
import eu.countersign.lab.LabPrompt
import eu.countersign.lab.Phone
import eu.countersign.lab.Server
import eu.countersign.lab.type
import eu.countersign.lab.typed
import eu.countersign.shell.device.ChoiceStore
import eu.countersign.shell.device.Choices
import eu.countersign.shell.home.HomeModel
import eu.countersign.shell.request.RequestModel
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.TestInstance
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertIs
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** What comes late, or twice at once: it takes the place of nothing that a person sees (protocol 3.4.4). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OptIn(ExperimentalCoroutinesApi::class)
class LateTest {
    private val server = Server()
    private var accounts = 0

    @AfterAll
    fun stop() = server.close()

    @Test
    fun `a row opens the request that it shows, while the next list is on its way and after it came`() =
        paired { phone, account ->
            val first = server.signIn(account)
            var during: SignInFlowInterface? = null
            lateinit var model: HomeModel
            lateinit var row: Request
            // The list asks for the time when it has its requests, before it is shown.
            val clock =
                object : Clock by SystemClock {
                    var touches = false

                    override fun now() = SystemClock.now().also { if (touches) during = model.open(row) }
                }
            model = HomeModel(phone.core, surroundings(clock))
            model.check()
            runCurrent()
            row = model.row()
            assertEquals(first.tid, row.tid)
            server.signIn(account)
            clock.touches = true
            model.check()
            runCurrent()
            assertEquals(first.tid, assertNotNull(during).request().tid)
            clock.touches = false
            assertEquals(
                2,
                model.shown.value.state
                    ?.waiting
                    ?.size,
            )
            assertNull(model.open(row), "its place is another request's now")
        }

    @Test
    fun `an answer that comes when the person is elsewhere takes the place of nothing, and its link is kept`() =
        paired { phone, _ ->
            val (_, link) = server.linkSignIn(server.addAccount("late${accounts++}@example.eu"))
            val app = App(phone.core, surroundings(), Forgetful)
            app.linkArrived(link)
            app.openSettings()
            runCurrent()
            assertIs<Place.Settings>(app.way.here)
            assertEquals(link, app.aside.value)
        }

    @Test
    fun `a request that opens when the person is elsewhere is not shown`() =
        paired { phone, account ->
            server.signIn(account)
            val app = App(phone.core, surroundings(), Forgetful)
            app.start()
            runCurrent()
            val home = assertIs<Place.Home>(app.way.here).home
            app.openRequest(home.row())
            app.openSettings()
            runCurrent()
            assertIs<Place.Settings>(app.way.here)
        }

    @Test
    fun `an approval that waits for the end of a pause is taken back by going back`() =
        paired { phone, account ->
            val signIn = server.signIn(account)
            phone.copy().use(::guesses)
            val flow = phone.onlyRequest()
            val model = RequestModel(flow, flow.request(), warnOfCalls = true, surroundings())
            model.number.type(signIn.number)
            assertTrue(model.approve())
            model.pad.type(PIN)
            model.submit()
            runCurrent()
            val wait = assertIs<SignInState.Wait>(model.shown.value.state)
            assertTrue(wait.mayResend)
            model.back()
            server.advance(wait.retryIn.toSeconds() + 1)
            advanceTimeBy(wait.retryIn.toMillis() + 1_000)
            runCurrent()
            assertEquals("pending", server.stateOf(signIn))
        }

    /** Somebody with a copy of the phone's storage guesses until the server makes every PIN wait. */
    private fun guesses(copy: Phone) =
        copy.onlyRequest().use { flow ->
            for (wrong in listOf("8205", "8206", "8207")) {
                assertIs<SignInState.WrongPin>(flow.approve("000000", typed(wrong)))
            }
        }

    private fun HomeModel.row(): Request = assertNotNull(shown.value.state).waiting.single()

    /** Everything goes in the order of the test, calls of the core too. */
    private fun TestScope.surroundings(clock: Clock = SystemClock) =
        Surroundings(
            backgroundScope,
            LabDevice(),
            LabPrompt({ error("no finger was expected") }),
            OffMain(StandardTestDispatcher(testScheduler)),
            clock,
        )

    private fun paired(use: suspend TestScope.(Phone, String) -> Unit) =
        runTest {
            Phone().use { phone ->
                val account = server.addAccount("lena${accounts++}@example.eu")
                phone.pair(server, account, PIN)
                use(phone, account)
            }
        }

    private object Forgetful : ChoiceStore {
        override fun load() = Choices()

        override fun save(choices: Choices) = Unit
    }

    private companion object {
        const val PIN = "4927"
    }
}
