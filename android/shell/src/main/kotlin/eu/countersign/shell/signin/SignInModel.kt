package eu.countersign.shell.signin

import eu.countersign.core.DenyWhy
import eu.countersign.core.PinEntry
import eu.countersign.core.Request
import eu.countersign.core.SignInFlow
import eu.countersign.core.SignInState
import eu.countersign.shell.FlowModel
import eu.countersign.shell.OffMain
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.time.delay

/** One request, from showing it to its outcome (S1 to S6, D1). It opens without a state: a person answers first. */
class SignInModel(
    private val flow: SignInFlow,
    scope: CoroutineScope,
    private val offMain: OffMain = OffMain(),
) : FlowModel<SignInState>(scope, offMain) {
    /** What is shown and, if the person says so, signed. */
    suspend fun request(): Request = offMain(flow::request)

    /** Approves; the entry is empty afterwards. [number] where the request needs it. */
    fun approve(
        number: String?,
        pin: PinEntry,
    ): Job? = step { flow.approve(number, pin) }

    /** Refuses: as easy as approving. */
    fun deny(why: DenyWhy): Job? = step { flow.deny(why) }

    override suspend fun follow(state: SignInState) {
        when (state) {
            is SignInState.Unanswered -> {
                delay(state.retryIn)
                step(flow::resend)
            }
            is SignInState.Wait ->
                if (state.mayResend) {
                    delay(state.retryIn)
                    step(flow::resend)
                }
            is SignInState.Approved,
            is SignInState.Denied,
            is SignInState.WrongPin,
            is SignInState.WrongNumber,
            is SignInState.Changed,
            is SignInState.Failed,
            is SignInState.Expired,
            is SignInState.Cancelled,
            is SignInState.AlreadyDecided,
            is SignInState.Unknown,
            -> Unit
        }
    }
}
