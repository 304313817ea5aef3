package eu.countersign.shell.account

import eu.countersign.core.Account
import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.Phone
import eu.countersign.core.PinOutcome
import eu.countersign.shell.FlowModel
import eu.countersign.shell.PinPad
import eu.countersign.shell.Surroundings
import kotlinx.coroutines.Job

/** Removes another phone of the account, with the PIN (A4, A7). */
class RemovePhoneModel(
    private val core: AuthenticatorInterface,
    /** The account. */
    val account: Account,
    /** The phone to remove. */
    val phone: Phone,
    around: Surroundings,
) : FlowModel<PinOutcome>(around) {
    /** The PIN. */
    val pad = PinPad()

    /** The PIN is typed; the entry is empty afterwards. */
    fun submit(): Job? = step { pad.taken { core.removePhone(account.id, phone.reference, it) } }

    override fun hidden() = pad.clear()

    override fun left() {
        super.left()
        pad.clear()
    }
}
