package eu.countersign.platform.push

import eu.countersign.core.AccountId

/**
 * Whoever wakes this phone for a server (protocol 3.4.2). A push is a hint without content: losing one loses nothing,
 * and one that nobody sent only makes the app look.
 *
 * Each account has an address of its own, so that two servers cannot tell that they know the same phone. Addresses come
 * later and go into the [PushBook].
 */
interface Push {
    /** Asks for an address for this account; asking again is harmless. False where nobody is there to be asked. */
    fun register(account: AccountId): Boolean

    /** Gives the address of this account up. */
    fun unregister(account: AccountId)
}
