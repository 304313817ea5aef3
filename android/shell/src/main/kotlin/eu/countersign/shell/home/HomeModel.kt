package eu.countersign.shell.home

import eu.countersign.core.Account
import eu.countersign.core.AccountState
import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.InboxInterface
import eu.countersign.core.Problem
import eu.countersign.core.Request
import eu.countersign.core.Settled
import eu.countersign.core.SignInFlowInterface
import eu.countersign.core.Silent
import eu.countersign.shell.FlowModel
import eu.countersign.shell.Surroundings
import kotlinx.coroutines.Job

/** Accounts, and the requests that wait (A3, S1, S2). */
class HomeModel(
    private val core: AuthenticatorInterface,
    around: Surroundings,
) : FlowModel<HomeModel.State>(around) {
    /** What the screen shows. */
    data class State(
        /** All accounts of this phone. */
        val accounts: List<Account>,
        /** Requests that wait for an answer. */
        val waiting: List<Request> = emptyList(),
        /** Accounts whose server gave no list, and why. */
        val silent: List<Silent> = emptyList(),
        /** What became of changes whose answer was lost, with the process perhaps; until the person comes back here. */
        val settled: List<Change> = emptyList(),
        /** When the servers were asked, in milliseconds since 1970; null before. */
        val checkedAt: Long? = null,
        /** Where the requests are opened: this list's own, so that a row never opens what another list has in its place. */
        val inbox: InboxInterface? = null,
    )

    /** What a change of an account came to. */
    data class Change(
        val account: Account,
        val settled: Settled,
    )

    /** Shows the accounts at once, without a server. */
    fun begin(): Job? = step { State(core.accounts()) }

    /** Asks the servers for requests. */
    fun check(): Job? = step(::ask)

    /** The flow of a request of the list that is shown; nothing for a row of one before it, whose place is another's now. */
    fun open(request: Request): SignInFlowInterface? =
        try {
            shown.value.state
                ?.takeIf { state -> state.waiting.any { it === request } }
                ?.inbox
                ?.open(request.place)
        } catch (_: Problem.OutOfTurn) {
            null
        }

    override suspend fun follow(state: State) {
        if (state.checkedAt == null && state.accounts.isNotEmpty()) check()
    }

    private fun ask(): State {
        val before =
            shown.value.state
                ?.settled
                .orEmpty()
        // Before the lists are fetched, which settles too and tells nobody.
        val settled = before + core.accounts().mapNotNull(::settle)
        val asked = core.requests()
        return State(core.accounts(), asked.requests(), asked.silent(), settled, around.clock.now(), asked)
    }

    /** A pairing whose code was typed meanwhile is finished; of a change of keys it is found out which ones count. */
    private fun settle(account: Account): Change? =
        try {
            when (account.state) {
                is AccountState.Pairing -> null.also { core.check(account.id) }
                is AccountState.Active -> core.settle(account.id)?.let { Change(account, it) }
                is AccountState.Removed, is AccountState.Damaged -> null
            }
        } catch (_: Problem) {
            // That a server does not answer is said by its list of requests.
            null
        }
}
