package eu.countersign.software

import eu.countersign.core.AppStatement
import eu.countersign.core.Attestations
import eu.countersign.core.Biometrics
import eu.countersign.core.CreatedKey
import eu.countersign.core.KeyCaps
import eu.countersign.core.KeyStore
import eu.countersign.core.KeyStoreFault
import eu.countersign.core.KeyUsage
import eu.countersign.core.Level
import eu.countersign.core.PrfKind
import java.security.KeyFactory
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.SecureRandom
import java.security.Signature
import java.security.spec.ECGenParameterSpec
import java.security.spec.PKCS8EncodedKeySpec
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

/**
 * Keys by the JVM's own cryptography (protocol 2.3, level `software`): what a phone's adapter does, without a phone.
 *
 * Who can read [shelf] has the keys. That is right for tests and for trying the app in a window; the core tells the
 * server the level as it is.
 */
class SoftwareKeyStore(
    private val shelf: Shelf = MemoryShelf(),
) : KeyStore {
    override fun capabilities(): KeyCaps = KeyCaps(Level.SOFTWARE, PrfKind.SOFTWARE, Biometrics.SOFTWARE, Attestations.NONE)

    override fun create(
        alias: String,
        usage: KeyUsage,
        challenge: ByteArray?,
    ): CreatedKey {
        val public =
            when (usage) {
                KeyUsage.SIGN, KeyUsage.BIO_SIGN -> newPair().also { put(alias, it.private.encoded) }.public.encoded
                KeyUsage.PRF -> ByteArray(0).also { put(alias, random(KEY)) }
            }
        return CreatedKey(public, emptyList())
    }

    /** Nobody vouches for keys in software. */
    override fun appStatement(clientData: ByteArray): AppStatement = throw KeyStoreFault.Unsupported()

    override fun sign(
        alias: String,
        payload: ByteArray,
    ): ByteArray {
        val signature = Signature.getInstance("SHA256withECDSA")
        signature.initSign(KeyFactory.getInstance("EC").generatePrivate(PKCS8EncodedKeySpec(secret(alias))))
        signature.update(payload)
        return signature.sign()
    }

    override fun prf(
        alias: String,
        input: ByteArray,
    ): ByteArray {
        val mac = Mac.getInstance(HMAC)
        mac.init(SecretKeySpec(secret(alias), HMAC))
        return try {
            mac.doFinal(input)
        } finally {
            input.fill(0)
        }
    }

    override fun wrap(plain: ByteArray): ByteArray {
        val key = shelf.change { it.getOrPut(WRAPPING) { random(KEY) } }
        return seal(key, plain, random(NONCE))
    }

    override fun unwrap(wrapped: ByteArray): ByteArray {
        val key = shelf.change { it[WRAPPING] } ?: throw KeyStoreFault.NotFound()
        return open(key, wrapped) ?: throw KeyStoreFault.NotFound()
    }

    override fun delete(alias: String) {
        shelf.change { it.remove(alias) }
    }

    override fun list(): List<String> = shelf.change { it.keys.filter { name -> name != WRAPPING } }

    private fun put(
        alias: String,
        secret: ByteArray,
    ) {
        val before = shelf.change { it.putIfAbsent(alias, secret) }
        if (before != null) throw KeyStoreFault.Exists()
    }

    private fun secret(alias: String): ByteArray = shelf.change { it[alias] } ?: throw KeyStoreFault.NotFound()

    private companion object {
        /** Bytes of a secret key. */
        const val KEY = 32
        const val HMAC = "HmacSHA256"

        /** No alias: those begin with `map.`. */
        const val WRAPPING = "wrapping"

        fun newPair(): KeyPair {
            val generator = KeyPairGenerator.getInstance("EC")
            generator.initialize(ECGenParameterSpec("secp256r1"))
            return generator.generateKeyPair()
        }

        fun random(size: Int): ByteArray = ByteArray(size).also(SecureRandom()::nextBytes)
    }
}
