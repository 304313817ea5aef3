package eu.countersign.platform.push

import eu.countersign.core.AccountId
import java.io.File
import java.util.UUID

/**
 * Which account is woken how: in a small file that outlives the process, because answers come at any time.
 *
 * A token is random and known to the distributor alone. Whoever knows it may speak for it; anything else is ignored.
 */
class PushBook(
    private val file: File,
) {
    /** The account's token, a new one if it has none. */
    fun token(account: AccountId): String = change { lines -> lines.getOrPut(account) { PushLine(freshToken()) }.token }

    /** Every account that has a token. */
    fun accounts(): Set<AccountId> = change { lines -> lines.keys.toSet() }

    /** Whose token it is. */
    fun accountOf(token: String): AccountId? = change { lines -> lines.entries.find { it.value.token == token }?.key }

    /** An address for a token that was given out. False for any other. */
    fun arrived(
        token: String,
        address: String,
    ): Boolean = update(token) { if (it.address == address) it else it.copy(address = address, told = false) }

    /** No address will come for this token: the next try takes another. After an address it means nothing. */
    fun failed(token: String): Boolean = update(token) { if (it.address == null) PushLine(freshToken()) else it }

    /** The address of this token is no more. */
    fun gone(token: String): Boolean = update(token) { PushLine(freshToken(), address = null, told = it.address == null && it.told) }

    /** The account is gone, and its token with it. */
    fun forget(account: AccountId) {
        change { lines -> lines.remove(account) }
    }

    /** What the servers have to be told: the address of an account, or that it has none any more. */
    fun untold(): Map<AccountId, String?> = change { lines -> lines.filterValues { !it.told }.mapValues { it.value.address } }

    /** The server of this account knows [address]. */
    fun told(
        account: AccountId,
        address: String?,
    ) {
        change { lines -> lines.computeIfPresent(account) { _, line -> line.copy(told = line.told || line.address == address) } }
    }

    private fun update(
        token: String,
        step: (PushLine) -> PushLine,
    ): Boolean =
        change { lines ->
            val account = lines.entries.find { it.value.token == token }?.key
            account?.let { lines.computeIfPresent(it) { _, line -> step(line) } } != null
        }

    /** Receiver and app have a book each, over the same file. */
    private fun <T> change(work: (MutableMap<AccountId, PushLine>) -> T): T =
        synchronized(PushBook) {
            val before = readLines(file)
            val lines = before.toMutableMap()
            work(lines).also { if (lines != before) writeLines(file, lines) }
        }

    private companion object {
        /** 122 random bits; the form that the specification of UnifiedPush suggests. */
        fun freshToken(): String = UUID.randomUUID().toString()
    }
}
