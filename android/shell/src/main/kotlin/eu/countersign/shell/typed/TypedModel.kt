package eu.countersign.shell.typed

import eu.countersign.core.AuthenticatorInterface
import eu.countersign.core.PairingFlow
import eu.countersign.shell.FlowModel
import eu.countersign.shell.Surroundings
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/** Pairing by the server's address and a typed code (P3). */
class TypedModel(
    private val core: AuthenticatorInterface,
    around: Surroundings,
    private val opened: (PairingFlow) -> Unit,
) : FlowModel<PairingFlow>(around) {
    private val address = MutableStateFlow("")
    private val typed = MutableStateFlow("")

    /** The server's address. */
    val server: StateFlow<String> = address.asStateFlow()

    /** The code, in groups as typed. */
    val code: StateFlow<String> = typed.asStateFlow()

    /** The address was edited. */
    fun server(text: String) {
        understood()
        address.value = text
    }

    /** The code was edited. */
    fun code(text: String) {
        understood()
        typed.value = text
    }

    /** "Continue." The core takes capital and small letters, blanks and hyphens. */
    fun submit(): Job? = step { core.openTyped(address.value.trim(), typed.value) }

    override suspend fun follow(state: PairingFlow) = opened(state)
}
