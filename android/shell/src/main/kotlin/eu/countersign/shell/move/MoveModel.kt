package eu.countersign.shell.move

import eu.countersign.core.MoveFlowInterface
import eu.countersign.core.MoveOutcome
import eu.countersign.core.MoveState
import eu.countersign.shell.FlowModel
import eu.countersign.shell.PinPad
import eu.countersign.shell.Surroundings
import eu.countersign.shell.request.NumberField
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/** The old phone's side of a move, or of bringing in one more phone (A6). */
class MoveModel(
    private val flow: MoveFlowInterface,
    around: Surroundings,
) : FlowModel<MoveState>(around) {
    private val confirmation = MutableStateFlow<MoveOutcome?>(null)
    private val typing = MutableStateFlow(false)

    /** The PIN. */
    val pad = PinPad()

    /** The six digits that the new phone shows. */
    val number = NumberField()

    /** What became of the last confirmation that did not go on. */
    val refused: StateFlow<MoveOutcome?> = confirmation.asStateFlow()

    /** Whether the PIN is typed, after the six digits. */
    val asksPin: StateFlow<Boolean> = typing.asStateFlow()

    /** Shows where the move is. */
    fun begin(): Job? = step(flow::state)

    /** The PIN is typed: the servers are asked. */
    fun submit(): Job? = step { pad.taken(flow::submit) }

    /** Leaves out the account that is asked for or shown. */
    fun skip(): Job? = step(flow::skip)

    /** The six digits are typed: the PIN comes next. */
    fun askPin() {
        if (number.isComplete) typing.value = true
    }

    /** Back to the code. */
    fun back() {
        typing.value = false
        pad.clear()
    }

    /** Confirms the new phone. */
    fun confirm(): Job? =
        steps {
            val outcome = around.offMain { pad.taken { flow.confirm(number.digits.value, it) } }
            when (outcome) {
                is MoveOutcome.Done -> outcome.state.also { settle(null) }
                is MoveOutcome.WrongPin, is MoveOutcome.Wait -> null.also { confirmation.value = outcome }
            }
        }

    override fun hidden() = pad.clear()

    override fun left() {
        super.left()
        pad.clear()
    }

    private fun settle(outcome: MoveOutcome?) {
        confirmation.value = outcome
        number.clear()
        back()
    }
}
