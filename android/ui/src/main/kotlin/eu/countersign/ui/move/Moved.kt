package eu.countersign.ui.move

import androidx.compose.runtime.mutableStateOf
import eu.countersign.core.Account
import eu.countersign.core.AccountId
import eu.countersign.core.MoveState

/** Which accounts are on their way, in their order, as far as the states have told; for words alone. */
internal class Moved {
    private val known = mutableStateOf(emptyList<Account>())
    private val skipped = mutableStateOf(emptySet<AccountId>())

    /** A state has come. */
    fun see(state: MoveState?) {
        when (state) {
            null, is MoveState.Wait, is MoveState.Done -> Unit
            is MoveState.EnterPin -> keep(state.accounts)
            is MoveState.ShowCode -> keep(listOf(state.account))
        }
    }

    /** The account that is asked for or shown was left out. */
    fun skip(account: Account) {
        skipped.value += account.id
    }

    /** The accounts of a PIN: those of this state, or, during a wait, those known before. */
    fun asked(state: MoveState?): List<Account> =
        when (state) {
            null, is MoveState.Wait, is MoveState.Done -> known.value
            is MoveState.EnterPin -> state.accounts
            is MoveState.ShowCode -> listOf(state.account)
        }

    /** The first of them. */
    fun present(state: MoveState?): Account? = asked(state).firstOrNull()

    /** From [account] on: what a new move would have to bring. */
    fun from(account: Account): List<Account> =
        known.value
            .dropWhile { it.id != account.id }
            .ifEmpty { listOf(account) }
            .filter { it.id !in skipped.value }

    /** Whether others went before or come after. */
    val areSeveral: Boolean
        get() = known.value.size > 1

    /** Whether all were left out. */
    val isNothing: Boolean
        get() = known.value.isNotEmpty() && known.value.all { it.id in skipped.value }

    private fun keep(accounts: List<Account>) {
        val fresh = accounts.filter { account -> known.value.none { it.id == account.id } }
        known.value += fresh
    }
}
