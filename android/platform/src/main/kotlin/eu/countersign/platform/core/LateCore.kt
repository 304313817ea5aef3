package eu.countersign.platform.core

import eu.countersign.core.Account
import eu.countersign.core.AccountChange
import eu.countersign.core.AccountId
import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.BiometricsFlow
import eu.countersign.core.Decided
import eu.countersign.core.EnrolmentKind
import eu.countersign.core.Entry
import eu.countersign.core.Finding
import eu.countersign.core.Inbox
import eu.countersign.core.MoveFlow
import eu.countersign.core.PairingFlow
import eu.countersign.core.Permissions
import eu.countersign.core.Phone
import eu.countersign.core.PinChangeFlow
import eu.countersign.core.PinEntry
import eu.countersign.core.PinOutcome
import eu.countersign.core.Pins
import eu.countersign.core.Scanned
import eu.countersign.core.Settled
import eu.countersign.core.Standing
import eu.countersign.core.Unlinked
import java.time.Duration

/**
 * The core, opened by the first call of it: that reads the vault and asks the Keystore, which the main thread must not
 * wait for. If it does not open, the call has the reason, and the next call tries again.
 */
class LateCore(
    open: () -> AuthenticatorInterface,
) : AuthenticatorInterface {
    private val core: AuthenticatorInterface by lazy(open)

    override fun accounts(): List<Account> = core.accounts()

    override fun check(account: AccountId): Standing = core.check(account)

    override fun forget(account: AccountId): Unit = core.forget(account)

    override fun openCode(
        text: String,
        entry: Entry,
    ): Scanned = core.openCode(text, entry)

    override fun openTyped(
        server: String,
        code: String,
    ): PairingFlow = core.openTyped(server, code)

    override fun pinPause(): Duration? = core.pinPause()

    override fun requests(): Inbox = core.requests()

    override fun settle(account: AccountId): Settled? = core.settle(account)

    override fun turnOffBiometrics(account: AccountId): Unit = core.turnOffBiometrics(account)

    override fun turnOnBiometrics(account: AccountId): BiometricsFlow = core.turnOnBiometrics(account)

    override fun phones(account: AccountId): List<Phone> = core.phones(account)

    override fun removePhone(
        account: AccountId,
        reference: String,
        pin: PinEntry,
    ): PinOutcome = core.removePhone(account, reference, pin)

    override fun rename(
        account: AccountId,
        name: String,
    ): Unit = core.rename(account, name)

    override fun setPush(
        account: AccountId,
        url: String?,
    ): Unit = core.setPush(account, url)

    override fun unlink(account: AccountId): Unit = core.unlink(account)

    override fun unlinkOnlyHere(account: AccountId): Unlinked = core.unlinkOnlyHere(account)

    override fun endSession(
        account: AccountId,
        tid: String,
    ): Unit = core.endSession(account, tid)

    override fun history(): List<Decided> = core.history()

    override fun report(
        account: AccountId,
        tid: String,
    ): Unit = core.report(account, tid)

    override fun resolve(account: AccountId): Unit = core.resolve(account)

    override fun bringIn(
        accounts: List<AccountId>,
        kind: EnrolmentKind,
    ): MoveFlow = core.bringIn(accounts, kind)

    override fun changePin(account: AccountId): PinChangeFlow = core.changePin(account)

    override fun changePinEverywhere(
        accounts: List<AccountId>,
        pins: Pins,
    ): List<AccountChange> = core.changePinEverywhere(accounts, pins)

    override fun selfTest(permissions: Permissions): List<Finding> = core.selfTest(permissions)
}
