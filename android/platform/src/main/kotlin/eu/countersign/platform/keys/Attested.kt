package eu.countersign.platform.keys

import android.os.Build
import eu.countersign.core.CreatedKey
import eu.countersign.core.KeyStoreFault
import java.security.ProviderException

/**
 * Makes a key with its attestation, or without one where the phone never learnt to attest. Whether that will do is the
 * server's to say, and it sees which it is. A phone that only cannot just now (it needs the network for it, or is busy)
 * says so: "without" would be taken for a phone that never can.
 */
internal fun attested(
    challenge: ByteArray?,
    sdk: Int = Build.VERSION.SDK_INT,
    make: (challenge: ByteArray?) -> CreatedKey,
): CreatedKey {
    if (challenge == null) return make(null)
    return try {
        make(challenge)
    } catch (thrown: ProviderException) {
        if (faultOf(thrown, sdk) is KeyStoreFault.Transient) throw thrown
        make(null)
    }
}
