package eu.countersign.ui.gallery

import eu.countersign.core.Account
import eu.countersign.core.AccountId
import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.BiometricsFlow
import eu.countersign.core.Decided
import eu.countersign.core.Entry
import eu.countersign.core.MoveFlowInterface
import eu.countersign.core.MoveOutcome
import eu.countersign.core.PairingFlow
import eu.countersign.core.PairingFlowInterface
import eu.countersign.core.PairingState
import eu.countersign.core.PinChangeFlowInterface
import eu.countersign.core.PinChangeState
import eu.countersign.core.PinEntry
import eu.countersign.core.Pins
import eu.countersign.core.Problem
import eu.countersign.core.Scanned
import eu.countersign.core.SignInFlowInterface
import eu.countersign.core.SignInState
import eu.countersign.core.Standing

/** Answers with [problem]. */
private fun refuse(problem: Problem): Nothing {
    Seen.note(problem)
    throw problem
}

/** A core that refuses with [problem] what would open something. */
open class RefusingCore(
    private val problem: Problem,
) : AuthenticatorInterface by scripted() {
    override fun accounts(): List<Account> = refuse(problem)

    override fun history(): List<Decided> = refuse(problem)

    override fun openCode(
        text: String,
        entry: Entry,
    ): Scanned = refuse(problem)

    override fun openTyped(
        server: String,
        code: String,
    ): PairingFlow = refuse(problem)
}

/** A core that has everything here, and refuses with [problem] what is done about an account. */
class RefusingAccount(
    private val problem: Problem,
    core: AuthenticatorInterface,
) : AuthenticatorInterface by core {
    override fun check(account: AccountId): Standing = refuse(problem)

    override fun rename(
        account: AccountId,
        name: String,
    ): Unit = refuse(problem)

    override fun unlink(account: AccountId): Unit = refuse(problem)

    override fun turnOnBiometrics(account: AccountId): BiometricsFlow = refuse(problem)

    override fun report(
        account: AccountId,
        tid: String,
    ): Unit = refuse(problem)
}

/** A pairing whose PIN is refused. */
class RefusingPairing(
    private val problem: Problem,
) : PairingFlowInterface by scripted("state" to { PairingState.ChoosePin(4u) }) {
    override fun choosePin(
        first: PinEntry,
        repeat: PinEntry,
    ): PairingState = refuse(problem)
}

/** A request whose approval is refused. */
class RefusingSignIn(
    private val problem: Problem,
) : SignInFlowInterface by scripted() {
    override fun approve(
        number: String?,
        pin: PinEntry,
    ): SignInState = refuse(problem)
}

/** A change of PIN that is refused. */
class RefusingPinChange(
    private val problem: Problem,
) : PinChangeFlowInterface by scripted("state" to { PinChangeState.EnterPins(4u) }) {
    override fun submit(pins: Pins): PinChangeState = refuse(problem)
}

/** A move whose new phone is not confirmed. */
class RefusingMove(
    private val problem: Problem,
    move: MoveFlowInterface,
) : MoveFlowInterface by move {
    override fun confirm(
        code: String,
        pin: PinEntry,
    ): MoveOutcome = refuse(problem)
}
