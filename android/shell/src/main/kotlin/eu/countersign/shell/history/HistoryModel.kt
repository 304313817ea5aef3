package eu.countersign.shell.history

import eu.countersign.core.Account
import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.Decided
import eu.countersign.core.Outcome
import eu.countersign.core.Problem
import eu.countersign.shell.FlowModel
import eu.countersign.shell.Surroundings
import kotlinx.coroutines.Job

/** What was decided on this phone, newest first (A9). */
class HistoryModel(
    private val core: AuthenticatorInterface,
    around: Surroundings,
) : FlowModel<HistoryModel.State>(around) {
    /** All of it, and whose it is. */
    data class State(
        val decided: List<Decided>,
        val accounts: List<Account>,
    )

    /** Shows what is kept here, then asks what became of answers whose outcome is not known. */
    fun begin(): Job? = step(::read)

    override suspend fun follow(state: State) {
        val unknown =
            state.decided
                .filter { it.outcome == Outcome.UNKNOWN }
                .map { it.account }
                .distinct()
        if (unknown.isEmpty()) return
        val settled = around.offMain { unknown.count(::resolves) }
        if (settled > 0) step(::read)
    }

    private fun read() = State(core.history(), core.accounts())

    /** Whether the server could be asked: the outcome may still be unknown afterwards, which is no reason to ask again. */
    private fun resolves(account: ULong): Boolean {
        val before = core.history().count { it.account == account && it.outcome == Outcome.UNKNOWN }
        try {
            core.resolve(account)
        } catch (_: Problem) {
            return false
        }
        return core.history().count { it.account == account && it.outcome == Outcome.UNKNOWN } < before
    }
}
