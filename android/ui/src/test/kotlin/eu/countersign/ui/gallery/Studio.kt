package eu.countersign.ui.gallery

import eu.countersign.core.Account
import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.Permissions
import eu.countersign.core.Request
import eu.countersign.core.SignatureRequest
import eu.countersign.core.Silent
import eu.countersign.core.Standing
import eu.countersign.shell.App
import eu.countersign.shell.Clock
import eu.countersign.shell.OffMain
import eu.countersign.shell.Surroundings
import eu.countersign.shell.device.ChoiceStore
import eu.countersign.shell.device.Choices
import eu.countersign.shell.device.Device
import eu.countersign.shell.device.Prompt
import eu.countersign.shell.device.SystemPage
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Runnable
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.test.UnconfinedTestDispatcher
import kotlin.coroutines.CoroutineContext

/** Where pictures are taken: a clock that stands still, a device without surprises, one thread. */
class Studio(
    val device: StudioDevice = StudioDevice(),
    /** How many calls of the core come back; the others stay under way. */
    calls: Int = Int.MAX_VALUE,
) {
    private val clock =
        object : Clock {
            override fun elapsed() = 0L

            override fun now() = Samples.NOW
        }

    /** What models stand on: every step is done when it returns, and what would wait waits for ever. */
    val around =
        Surroundings(
            CoroutineScope(UnconfinedTestDispatcher()),
            device,
            object : Prompt {
                override suspend fun sign(
                    request: SignatureRequest,
                    title: String,
                    usePin: String,
                ): Prompt.Answer = device.finger ?: awaitCancellation()
            },
            OffMain(Answering(calls)),
            clock,
        )

    /** An app over [core]. */
    fun app(core: AuthenticatorInterface = home(listOf(Samples.anna))): App =
        App(
            core,
            around,
            object : ChoiceStore {
                override fun load() = Choices()

                override fun save(choices: Choices) = Unit
            },
        )

    /** A core with these accounts and these requests; [more] answers come in the place of the usual ones. */
    fun home(
        accounts: List<Account>,
        requests: List<Request> = emptyList(),
        silent: List<Silent> = emptyList(),
        vararg more: Pair<String, (List<Any?>) -> Any?>,
    ): AuthenticatorInterface =
        scripted(
            "accounts" to { accounts },
            "history" to { Samples.decided },
            "check" to { Standing.ACTIVE },
            "settle" to { null },
            "phones" to { Samples.phones },
            "requests" to { StudioInbox(requests, silent) },
            *more,
        )
}

/** Runs the first [left] calls at once, and none after them. */
private class Answering(
    private var left: Int,
) : CoroutineDispatcher() {
    override fun dispatch(
        context: CoroutineContext,
        block: Runnable,
    ) {
        if (left-- > 0) block.run()
    }
}

/** A device as it is when all is well. */
class StudioDevice(
    private val call: Boolean = false,
    private val camera: Boolean? = true,
    private val notifications: Boolean = true,
    /** What becomes of the question for finger or face; null: nobody has answered. */
    val finger: Prompt.Answer? = Prompt.Answer.Cancelled,
) : Device {
    override val name = "Pixel 9"

    /** What lies on the clipboard. */
    var copied: String? = null

    override fun permissions() = Permissions(notifications = notifications, camera = camera, background = true)

    override fun onCall() = call

    override fun hasScreenLock() = true

    override fun open(page: SystemPage) = Unit

    override fun browse(address: String) = true

    override fun clipboard(): String? = copied

    override fun remindAt(moment: Long) = Unit
}
