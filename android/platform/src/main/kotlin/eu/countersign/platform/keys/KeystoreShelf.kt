package eu.countersign.platform.keys

import eu.countersign.core.KeyStoreFault
import java.security.KeyStore
import java.security.PrivateKey
import javax.crypto.SecretKey

/** The system's store, by alias. It is this app's alone and is empty after the app was removed. */
internal class KeystoreShelf {
    private val store: KeyStore by lazy { KeyStore.getInstance(PROVIDER).apply { load(null) } }

    fun refuseTaken(alias: String) {
        if (store.containsAlias(alias)) throw KeyStoreFault.Exists()
    }

    fun privateKey(alias: String): PrivateKey = store.getKey(alias, null) as? PrivateKey ?: throw KeyStoreFault.NotFound()

    fun secretKey(alias: String): SecretKey = store.getKey(alias, null) as? SecretKey ?: throw KeyStoreFault.NotFound()

    /** Certificates of a key, its own first. */
    fun chain(alias: String): List<ByteArray> = store.getCertificateChain(alias).orEmpty().map { it.encoded }

    fun delete(alias: String) {
        if (store.containsAlias(alias)) store.deleteEntry(alias)
    }

    /** Those of the core; the wrapping key and probes are the adapter's own. */
    fun aliases(): List<String> =
        store
            .aliases()
            .asSequence()
            .filter { it.startsWith(CORE) }
            .toList()

    companion object {
        const val PROVIDER = "AndroidKeyStore"
        private const val CORE = "map."
    }
}
