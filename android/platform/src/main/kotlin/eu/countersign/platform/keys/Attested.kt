package eu.countersign.platform.keys

import android.security.keystore.StrongBoxUnavailableException
import eu.countersign.core.CreatedKey
import java.security.ProviderException

/**
 * Makes a key with its attestation, or without one where the phone cannot attest: some need the network for it, some
 * never learnt it. Whether that will do is the server's to say, and it sees which it is.
 */
internal fun attested(
    challenge: ByteArray?,
    make: (challenge: ByteArray?) -> CreatedKey,
): CreatedKey {
    if (challenge == null) return make(null)
    return try {
        make(challenge)
    } catch (unavailable: StrongBoxUnavailableException) {
        throw unavailable
    } catch (_: ProviderException) {
        make(null)
    }
}
