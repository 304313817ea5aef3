package eu.countersign.shell.pairing

import eu.countersign.core.PairingFlowInterface
import eu.countersign.core.PairingState
import eu.countersign.core.Problem
import eu.countersign.shell.FlowModel
import eu.countersign.shell.PinPad
import eu.countersign.shell.Surroundings
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.time.delay
import kotlin.time.Duration.Companion.seconds

/** Pairing, from the scanned code or the link to the account (P1 to P3). */
class PairingModel(
    private val flow: PairingFlowInterface,
    around: Surroundings,
) : FlowModel<PairingState>(around) {
    private val repeating = MutableStateFlow(false)
    private val unlocked = MutableStateFlow(false)
    private val named = MutableStateFlow<String?>(null)

    /** What the server is called, once it was shown to be confirmed. */
    val server: StateFlow<String?> = named.asStateFlow()

    /** Whether this phone lacks a screen lock. */
    val lacksLock: StateFlow<Boolean> = unlocked.asStateFlow()

    /** The chosen PIN. */
    val first = PinPad()

    /** The same again. */
    val repeat = PinPad()

    /** Whether the PIN is typed for the second time. */
    val repeats: StateFlow<Boolean> = repeating.asStateFlow()

    /** Shows where the flow is: at the beginning, and after the screen was made anew. */
    fun begin(): Job? = step(flow::state)

    /** "Yes", to what is asked. Without a lock of the screen no keys are made: the screen says so, and nothing is sent. */
    fun accept(): Job? {
        unlocked.value = !around.device.hasScreenLock()
        return if (unlocked.value) null else step(flow::accept)
    }

    /** The first PIN is typed. */
    fun repeatPin() {
        understood()
        repeating.value = true
    }

    /** Back to the first PIN, which is wiped. */
    fun chooseAgain() {
        first.clear()
        repeat.clear()
        repeating.value = false
    }

    /** Both are typed; both entries are empty afterwards. */
    fun choosePin(): Job? =
        step {
            try {
                flow.choosePin(first.entry, repeat.entry)
            } finally {
                chooseAgain()
            }
        }

    /** Asks at once whether the code was typed. */
    fun poll(): Job? =
        step {
            try {
                flow.poll()
            } catch (_: Problem.Unreachable) {
                // The code stays on screen: it can be typed without this phone's network.
                flow.state()
            } catch (_: Problem.Unavailable) {
                flow.state()
            }
        }

    /** Sends again at once. */
    fun resend(): Job? = step(flow::resend)

    override fun hidden() = chooseAgain()

    override fun left() {
        super.left()
        chooseAgain()
    }

    override suspend fun follow(state: PairingState) {
        when (state) {
            is PairingState.Unanswered -> {
                delay(state.retryIn)
                resend()
            }
            is PairingState.TypeCode -> {
                delay(POLL)
                poll()
            }
            is PairingState.Confirm -> named.value = state.server
            is PairingState.AddAgain,
            is PairingState.ChoosePin,
            is PairingState.Active,
            is PairingState.Gone,
            is PairingState.ClaimedByAnother,
            -> Unit
        }
    }

    private companion object {
        /** Between two questions whether the code was typed. */
        val POLL = 2.seconds
    }
}
