package eu.countersign.shell.offline

import eu.countersign.core.OfflineFlowInterface
import eu.countersign.core.OfflineRequest
import eu.countersign.core.OfflineState
import eu.countersign.core.Problem
import eu.countersign.core.ShownCodeInterface
import eu.countersign.shell.FlowModel
import eu.countersign.shell.PinPad
import eu.countersign.shell.Surroundings
import kotlinx.coroutines.Job
import kotlinx.coroutines.time.delay
import java.time.Duration

/** A sign-in without network (S5). */
class OfflineModel(
    private val flow: OfflineFlowInterface,
    /** What the code says. */
    val request: OfflineRequest,
    around: Surroundings,
) : FlowModel<OfflineModel.State>(around) {
    @Volatile private var code: ShownCodeInterface? = null

    @Volatile private var away = false

    /** The PIN. */
    val pad = PinPad()

    /** What the screen shows. */
    sealed interface State {
        /** The service and the account; whether there is a network after all. */
        data class Read(
            val network: OfflineState,
        ) : State

        /** The PIN is asked for. */
        data object Pin : State

        /** The eight digits. */
        data class Code(
            val digits: String,
            val left: Duration,
        ) : State

        /** The digits are gone: time, or the person hid them. */
        data object Hidden : State

        /** "It wasn't me" was sent. */
        data object Reported : State
    }

    /** Looks whether there is a network. */
    fun begin(): Job? = step { State.Read(flow.probe()) }

    /** "Get the code." */
    fun askPin(): Job? = step { State.Pin }

    /** Back from the PIN, which is wiped. */
    fun leavePin(): Job? {
        pad.clear()
        return begin()
    }

    /** The PIN is typed; the entry is empty afterwards. A code that comes when nobody looks is not shown. */
    fun submit(): Job? {
        away = false
        return step {
            val made = pad.taken(flow::code)
            code = made
            if (away) made.hide()
            shownOf(made)
        }
    }

    /** "It wasn't me": only with a network. */
    fun report(): Job? =
        step {
            flow.report()
            State.Reported
        }

    /** Wipes the digits. */
    fun hide(): Job? =
        step {
            code?.hide()
            State.Hidden
        }

    override fun hidden() {
        away = true
        pad.clear()
        if (code != null) hide()
    }

    override fun left() {
        super.left()
        away = true
        pad.clear()
        try {
            code?.hide()
        } catch (_: Problem.OutOfTurn) {
            // It is being hidden already.
        }
    }

    override suspend fun follow(state: State) {
        when (state) {
            is State.Code -> {
                delay(state.left)
                hide()
            }
            is State.Read, is State.Pin, is State.Hidden, is State.Reported -> Unit
        }
    }

    private fun shownOf(code: ShownCodeInterface): State = code.digits()?.let { State.Code(it, code.left()) } ?: State.Hidden
}
