package eu.countersign.shell.history

import eu.countersign.core.Account
import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.Decided
import eu.countersign.shell.FlowModel
import eu.countersign.shell.Surroundings
import kotlinx.coroutines.Job

/** One sign-in of the history, and what can still be done about it (A9, D1). */
class DecidedModel(
    private val core: AuthenticatorInterface,
    /** What was decided. */
    val decided: Decided,
    /** By whom, if the account is still here. */
    val account: Account?,
    around: Surroundings,
) : FlowModel<DecidedModel.State>(around) {
    /** What was done about it just now. */
    enum class State { ENDED, REPORTED }

    /** Ends the session that was approved. */
    fun endSession(): Job? =
        step {
            core.endSession(decided.account, decided.tid)
            State.ENDED
        }

    /** "It wasn't me", after the fact. */
    fun report(): Job? =
        step {
            core.report(decided.account, decided.tid)
            State.REPORTED
        }
}
