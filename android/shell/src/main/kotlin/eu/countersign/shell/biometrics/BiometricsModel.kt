package eu.countersign.shell.biometrics

import eu.countersign.core.Account
import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.BiometricsFlowInterface
import eu.countersign.core.BiometricsState
import eu.countersign.shell.FlowModel
import eu.countersign.shell.PinPad
import eu.countersign.shell.Surroundings
import eu.countersign.shell.device.Prompt
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/** Finger or face beside the PIN, turned on and off (A2). */
class BiometricsModel(
    private val core: AuthenticatorInterface,
    /** The account. */
    val account: Account,
    around: Surroundings,
) : FlowModel<BiometricsModel.State>(around) {
    private val answered = MutableStateFlow<Prompt.Answer?>(null)
    private var flow: BiometricsFlowInterface? = null

    /** The PIN. */
    val pad = PinPad()

    /** Why finger or face gave no signature, the last time. */
    val answer: StateFlow<Prompt.Answer?> = answered.asStateFlow()

    /** What the screen shows. */
    sealed interface State {
        /** The switch. */
        data class Off(
            val on: Boolean,
        ) : State

        /** On its way to being on. */
        data class TurningOn(
            val flow: BiometricsState,
        ) : State
    }

    /** Shows the switch. */
    fun begin(): Job? = step { State.Off(account.label?.biometrics == true) }

    /** The switch, to "on": the PIN comes next. */
    fun turnOn(): Job? =
        step {
            flow = core.turnOnBiometrics(account.id)
            State.TurningOn(BiometricsState.EnterPin)
        }

    /** The switch, to "off". */
    fun turnOff(): Job? =
        step {
            core.turnOffBiometrics(account.id)
            State.Off(false)
        }

    /** The PIN is typed; finger or face comes next, by words that the screens have. */
    fun submit(
        title: String,
        usePin: String,
    ): Job? =
        steps {
            val flow = flow ?: return@steps null
            answered.value = null
            val state = around.offMain { pad.taken(flow::submit) }
            State.TurningOn(if (state is BiometricsState.NeedsSignature) sign(flow, state, title, usePin) else state)
        }

    override fun hidden() = pad.clear()

    override fun left() {
        super.left()
        pad.clear()
    }

    private suspend fun sign(
        flow: BiometricsFlowInterface,
        state: BiometricsState.NeedsSignature,
        title: String,
        usePin: String,
    ): BiometricsState =
        when (val answer = around.prompt.sign(state.request, title, usePin)) {
            is Prompt.Answer.Signed -> around.offMain { flow.submitSignature(answer.signature) }
            is Prompt.Answer.Cancelled,
            is Prompt.Answer.LockedOut,
            is Prompt.Answer.Invalidated,
            is Prompt.Answer.Unavailable,
            -> {
                answered.value = answer
                around.offMain(flow::cancel)
                BiometricsState.NotOn
            }
        }
}
