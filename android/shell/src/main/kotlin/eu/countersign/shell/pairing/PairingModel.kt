package eu.countersign.shell.pairing

import eu.countersign.core.PairingFlow
import eu.countersign.core.PairingState
import eu.countersign.core.PinEntry
import eu.countersign.shell.FlowModel
import eu.countersign.shell.OffMain
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.time.delay
import kotlin.time.Duration.Companion.seconds

/** Pairing, from the scanned code or the link to the account (P1 to P3). */
class PairingModel(
    private val flow: PairingFlow,
    scope: CoroutineScope,
    offMain: OffMain = OffMain(),
) : FlowModel<PairingState>(scope, offMain) {
    /** Shows where the flow is: at the beginning, and after the process or the screen was made anew. */
    fun begin(): Job? = step(flow::state)

    /** "Yes", to what is asked. */
    fun accept(): Job? = step(flow::accept)

    /** The PIN, typed twice; both entries are empty afterwards. */
    fun choosePin(
        first: PinEntry,
        repeat: PinEntry,
    ): Job? = step { flow.choosePin(first, repeat) }

    override suspend fun follow(state: PairingState) {
        when (state) {
            is PairingState.Unanswered -> {
                delay(state.retryIn)
                step(flow::resend)
            }
            is PairingState.TypeCode -> {
                delay(POLL)
                step(flow::poll)
            }
            is PairingState.AddAgain,
            is PairingState.Confirm,
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
