package eu.countersign.shell.account

import eu.countersign.core.Account
import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.Phone
import eu.countersign.core.Problem
import eu.countersign.core.Settled
import eu.countersign.core.Standing
import eu.countersign.shell.FlowModel
import eu.countersign.shell.Surroundings
import kotlinx.coroutines.Job

/** One account with its phones (A2, A4). */
class AccountModel(
    private val core: AuthenticatorInterface,
    private val opened: Account,
    around: Surroundings,
) : FlowModel<AccountModel.State>(around) {
    /** What the screen shows. */
    data class State(
        /** The account as the vault has it. */
        val account: Account,
        /** What the server says of this phone; null before it answered. */
        val standing: Standing? = null,
        /** The phones; null before the server answered. */
        val phones: List<Phone>? = null,
        /** What a change whose answer was lost came to, if there was one. */
        val settled: Settled? = null,
    )

    /** Shows what is here at once, then what the server says. */
    fun begin(): Job? = step { State(current()) }

    /** Asks the server again. */
    fun refresh(): Job? = step(::ask)

    /** Another name for this phone. */
    fun rename(name: String): Job? =
        step {
            core.rename(opened.id, name)
            ask()
        }

    /** Deletes an account that the server has removed. */
    fun forget(then: () -> Unit): Job? =
        steps {
            around.offMain { core.forget(opened.id) }
            then()
            null
        }

    override suspend fun follow(state: State) {
        if (state.standing == null) refresh()
    }

    private fun ask(): State {
        val settled = core.settle(opened.id)
        val standing = core.check(opened.id)
        val phones = if (standing == Standing.ACTIVE) core.phones(opened.id) else null
        return State(current(), standing, phones, settled)
    }

    private fun current(): Account = core.accounts().firstOrNull { it.id == opened.id } ?: throw Problem.NoSuchAccount()
}
