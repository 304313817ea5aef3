package eu.countersign.shell.history

import eu.countersign.core.Account
import eu.countersign.core.AuthenticatorInterface
import eu.countersign.shell.FlowModel
import eu.countersign.shell.Surroundings
import kotlinx.coroutines.Job

/** "It wasn't me", of a request that is over: cancelled, run out, or answered elsewhere (D1). */
class ReportModel(
    private val core: AuthenticatorInterface,
    /** The account that the request was for. */
    val account: Account,
    private val tid: String,
    around: Surroundings,
) : FlowModel<ReportModel.State>(around) {
    /** The report has arrived. */
    data object State

    /** Reports it. */
    fun report(): Job? =
        step {
            core.report(account.id, tid)
            State
        }
}
