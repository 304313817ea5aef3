package eu.countersign.ui.gallery

import eu.countersign.core.Account
import eu.countersign.core.AccountId
import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.Entry
import eu.countersign.core.PairingFlow
import eu.countersign.core.PairingFlowInterface
import eu.countersign.core.PairingState
import eu.countersign.core.PinEntry
import eu.countersign.core.Problem
import eu.countersign.core.Scanned
import eu.countersign.core.Settled
import eu.countersign.core.SignInFlowInterface
import eu.countersign.core.SignInState
import eu.countersign.core.Standing

/** A core that refuses whatever is asked, with [problem]. */
class RefusingCore(
    private val problem: Problem,
) : AuthenticatorInterface by scripted() {
    override fun accounts(): List<Account> = throw problem

    override fun openCode(
        text: String,
        entry: Entry,
    ): Scanned = throw problem

    override fun openTyped(
        server: String,
        code: String,
    ): PairingFlow = throw problem
}

/** A core that has [account], and whose server answers all with [problem]. */
class RefusingAccount(
    private val problem: Problem,
    private val account: Account,
) : AuthenticatorInterface by scripted() {
    override fun accounts(): List<Account> = listOf(account)

    override fun settle(account: AccountId): Settled? = null

    override fun check(account: AccountId): Standing = throw problem

    override fun unlink(account: AccountId): Unit = throw problem
}

/** A pairing whose PIN is refused. */
class RefusingPairing(
    private val problem: Problem,
) : PairingFlowInterface by scripted("state" to { PairingState.ChoosePin(4u) }) {
    override fun choosePin(
        first: PinEntry,
        repeat: PinEntry,
    ): PairingState = throw problem
}

/** A request whose approval is refused. */
class RefusingSignIn(
    private val problem: Problem,
) : SignInFlowInterface by scripted() {
    override fun approve(
        number: String?,
        pin: PinEntry,
    ): SignInState = throw problem
}
