package eu.countersign.shell.request

import eu.countersign.core.DenyWhy
import eu.countersign.core.Request
import eu.countersign.core.SignInFlowInterface
import eu.countersign.core.SignInState
import eu.countersign.shell.FlowModel
import eu.countersign.shell.PinPad
import eu.countersign.shell.Surroundings
import eu.countersign.shell.device.Prompt
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.time.delay

/** One request, from showing it to its outcome (S1 to S6, D1). It opens without a state: a person answers first. */
class RequestModel(
    private val flow: SignInFlowInterface,
    /** What is shown and, if the person says so, signed: read from [flow] itself. */
    val request: Request,
    warnOfCalls: Boolean,
    around: Surroundings,
) : FlowModel<SignInState>(around) {
    private val where =
        MutableStateFlow(if (warnOfCalls && around.device.onCall()) Stage.CALL else Stage.READ)
    private val answered = MutableStateFlow<Prompt.Answer?>(null)

    /** When the request was read, by [eu.countersign.shell.Clock.elapsed]. */
    val readAt: Long = around.clock.elapsed()

    /** Where the person is. */
    val stage: StateFlow<Stage> = where.asStateFlow()

    /** Why finger or face gave no signature, the last time. */
    val biometrics: StateFlow<Prompt.Answer?> = answered.asStateFlow()

    /** The number that the browser shows. */
    val number = NumberField()

    /** The PIN. */
    val pad = PinPad()

    /** "No, show the request." */
    fun read() {
        where.value = Stage.READ
    }

    /** "Approve": the PIN comes next, or the sensor. False while digits of the number are missing. */
    fun approve(): Boolean {
        val ready = !request.terms.needsNumber || number.isComplete
        if (ready) {
            understood()
            where.value = Stage.PIN
        }
        return ready
    }

    /** Back from the PIN: an answer that waits to be sent again is not, unless it is given anew. */
    fun back() {
        stopFollowing()
        pad.clear()
        where.value = Stage.READ
    }

    /** The PIN is typed; the entry is empty afterwards. */
    fun submit(): Job? = step { pad.taken { flow.approve(numberIfNeeded(), it) } }

    /** Asks for finger or face, by words that the screens have. */
    fun askBiometrics(
        title: String,
        usePin: String,
    ): Job? =
        steps {
            answered.value = null
            val wanted = around.offMain { flow.approveByBiometrics(numberIfNeeded()) }
            when (val answer = around.prompt.sign(wanted, title, usePin)) {
                is Prompt.Answer.Signed -> around.offMain { flow.submitSignature(answer.signature) }
                is Prompt.Answer.Cancelled,
                is Prompt.Answer.LockedOut,
                is Prompt.Answer.Invalidated,
                is Prompt.Answer.Unavailable,
                -> null.also { answered.value = answer }
            }
        }

    /** Refuses: as easy as approving. */
    fun deny(why: DenyWhy): Job? = step { flow.deny(why) }

    /** Sends the same answer again at once. */
    fun resend(): Job? = step(flow::resend)

    override fun hidden() = pad.clear()

    override fun left() {
        super.left()
        pad.clear()
    }

    override suspend fun follow(state: SignInState) {
        when (state) {
            is SignInState.Unanswered -> {
                delay(state.retryIn)
                resend()
            }
            is SignInState.Wait ->
                if (state.mayResend) {
                    delay(state.retryIn)
                    resend()
                }
            is SignInState.WrongNumber -> {
                number.clear()
                back()
            }
            is SignInState.Approved,
            is SignInState.Denied,
            is SignInState.WrongPin,
            is SignInState.Changed,
            is SignInState.Failed,
            is SignInState.Expired,
            is SignInState.Cancelled,
            is SignInState.AlreadyDecided,
            is SignInState.Unknown,
            -> Unit
        }
    }

    private fun numberIfNeeded(): String? = if (request.terms.needsNumber) number.digits.value else null
}
