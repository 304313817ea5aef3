package eu.countersign.shell.pinchange

import eu.countersign.core.Account
import eu.countersign.core.PinChangeFlowInterface
import eu.countersign.core.PinChangeState
import eu.countersign.core.Pins
import eu.countersign.shell.FlowModel
import eu.countersign.shell.PinPad
import eu.countersign.shell.Surroundings
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.time.delay

/** Another PIN for one account (A1). */
class PinChangeModel(
    private val begin: () -> PinChangeFlowInterface,
    /** The account. */
    val account: Account,
    around: Surroundings,
) : FlowModel<PinChangeState>(around) {
    private val at = MutableStateFlow(Entry.OLD)

    /** Made off the main thread: a change before it may have to be settled with the server first. */
    private val flow by lazy(begin)

    /** The present PIN. */
    val old = PinPad()

    /** The new one. */
    val new = PinPad()

    /** The new one again. */
    val repeat = PinPad()

    /** Which of them is being typed. */
    val entry: StateFlow<Entry> = at.asStateFlow()

    /** The three entries. */
    enum class Entry { OLD, NEW, REPEAT }

    /** Shows where the change begins. */
    fun begin(): Job? = step { flow.state() }

    /** The present entry is typed. The last one sends. */
    fun next(): Job? {
        understood()
        when (at.value) {
            Entry.OLD -> at.value = Entry.NEW
            Entry.NEW -> at.value = Entry.REPEAT
            Entry.REPEAT -> return submit()
        }
        return null
    }

    /** To the first entry; all are wiped. */
    fun startOver() {
        for (pad in listOf(old, new, repeat)) pad.clear()
        at.value = Entry.OLD
    }

    /** Sends again at once, or settles. */
    fun resend(): Job? = step { flow.resend() }

    override fun hidden() = startOver()

    override fun left() {
        super.left()
        startOver()
    }

    override suspend fun follow(state: PinChangeState) {
        when (state) {
            is PinChangeState.Unanswered -> {
                delay(state.retryIn)
                resend()
            }
            is PinChangeState.EnterPins,
            is PinChangeState.WrongPin,
            is PinChangeState.Wait,
            is PinChangeState.Changed,
            is PinChangeState.NotChanged,
            -> Unit
        }
    }

    private fun submit(): Job? =
        step {
            try {
                flow.submit(Pins(old.entry, new.entry, repeat.entry))
            } finally {
                startOver()
            }
        }
}
