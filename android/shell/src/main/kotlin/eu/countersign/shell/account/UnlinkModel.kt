package eu.countersign.shell.account

import eu.countersign.core.Account
import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.Unlinked
import eu.countersign.shell.FlowModel
import eu.countersign.shell.Surroundings
import kotlinx.coroutines.Job

/** Removes the account from this phone and this phone from the account (A5). */
class UnlinkModel(
    private val core: AuthenticatorInterface,
    /** The account. */
    val account: Account,
    /** How many phones it has, if the server said it. */
    val phones: Int?,
    around: Surroundings,
) : FlowModel<Unlinked>(around) {
    /** Here and at the server. */
    fun unlink(): Job? =
        step {
            core.unlink(account.id)
            Unlinked.EVERYWHERE
        }
}
