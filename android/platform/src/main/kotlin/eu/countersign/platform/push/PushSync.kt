package eu.countersign.platform.push

import eu.countersign.core.AccountId
import eu.countersign.core.AccountState
import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.Problem

/** Brings accounts, distributor and servers together: at each start, and after an account came or went. */
class PushSync(
    private val core: AuthenticatorInterface,
    private val push: Push,
    private val book: PushBook,
) {
    /** Registers every account and tells the servers what is new. Blocks: it talks to them. */
    fun run() {
        val accounts = core.accounts()
        for (gone in book.accounts() - accounts.map { it.id }.toSet()) push.unregister(gone)
        for (account in accounts.filter { it.state is AccountState.Active }) push.register(account.id)
        for ((account, address) in book.untold()) tell(account, address)
    }

    /** A server that is out of reach, or does not know this gateway, is asked again the next time. */
    private fun tell(
        account: AccountId,
        address: String?,
    ) {
        try {
            core.setPush(account, address)
            book.told(account, address)
        } catch (_: Problem) {
            return
        }
    }
}
