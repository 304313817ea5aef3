package eu.countersign.platform.push

import eu.countersign.core.AccountId
import eu.countersign.core.AccountState
import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.Problem

/** Brings accounts, distributor and servers together. Everything here blocks: it talks to servers. */
class PushSync(
    private val core: AuthenticatorInterface,
    private val push: Push,
    private val book: PushBook,
) {
    /** At each start: a distributor may have forgotten us. */
    fun atStart() = bring { true }

    /** After an account may have come or gone. */
    fun afterChange() = book.accounts().let { known -> bring { it !in known } }

    /** After an address came. Nobody is registered here: each registration is answered by an address, without end. */
    fun tell() {
        for ((account, address) in book.untold()) tell(account, address)
    }

    private fun bring(registers: (AccountId) -> Boolean) {
        val accounts = core.accounts()
        for (gone in book.accounts() - accounts.map { it.id }.toSet()) push.unregister(gone)
        val active = accounts.filter { it.state is AccountState.Active }.map { it.id }
        for (account in active.filter(registers)) push.register(account)
        tell()
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
