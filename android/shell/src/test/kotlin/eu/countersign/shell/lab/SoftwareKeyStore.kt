package eu.countersign.shell.lab

import eu.countersign.core.Attestations
import eu.countersign.core.Biometrics
import eu.countersign.core.KeyCaps
import eu.countersign.core.KeyStore
import eu.countersign.core.KeyStoreFault
import eu.countersign.core.KeyUsage
import eu.countersign.core.Level
import eu.countersign.core.PrfKind
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.SecureRandom
import java.security.Signature
import java.security.spec.ECGenParameterSpec
import java.util.concurrent.ConcurrentHashMap
import javax.crypto.Cipher
import javax.crypto.Mac
import javax.crypto.spec.GCMParameterSpec
import javax.crypto.spec.SecretKeySpec

/** Keys in memory, by the JVM's own cryptography: what a phone's adapter does, without a phone. */
class SoftwareKeyStore : KeyStore {
    private val pairs = ConcurrentHashMap<String, KeyPair>()
    private val secrets = ConcurrentHashMap<String, ByteArray>()
    private val wrapping = SecretKeySpec(random(KEY), "AES")

    override fun capabilities() =
        KeyCaps(Level.SOFTWARE, PrfKind.SOFTWARE, Biometrics.SOFTWARE, Attestations.NONE)

    override fun create(
        alias: String,
        usage: KeyUsage,
        challenge: ByteArray?,
    ): ByteArray {
        if (alias in list()) throw KeyStoreFault.Exists()
        return when (usage) {
            KeyUsage.SIGN, KeyUsage.BIO_SIGN -> newPair().also { pairs[alias] = it }.public.encoded
            KeyUsage.PRF -> ByteArray(0).also { secrets[alias] = random(KEY) }
        }
    }

    override fun sign(
        alias: String,
        payload: ByteArray,
    ): ByteArray {
        val pair = pairs[alias] ?: throw KeyStoreFault.NotFound()
        val signature = Signature.getInstance("SHA256withECDSA")
        signature.initSign(pair.private)
        signature.update(payload)
        return signature.sign()
    }

    override fun prf(
        alias: String,
        input: ByteArray,
    ): ByteArray {
        val secret = secrets[alias] ?: throw KeyStoreFault.NotFound()
        val mac = Mac.getInstance("HmacSHA256")
        mac.init(SecretKeySpec(secret, "HmacSHA256"))
        return mac.doFinal(input)
    }

    override fun wrap(plain: ByteArray): ByteArray {
        val nonce = random(NONCE)
        return nonce + cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain)
    }

    override fun unwrap(wrapped: ByteArray): ByteArray =
        cipher(Cipher.DECRYPT_MODE, wrapped.copyOf(NONCE)).doFinal(wrapped, NONCE, wrapped.size - NONCE)

    override fun delete(alias: String) {
        pairs.remove(alias)
        secrets.remove(alias)
    }

    override fun list(): List<String> = (pairs.keys + secrets.keys).toList()

    private fun newPair(): KeyPair {
        val generator = KeyPairGenerator.getInstance("EC")
        generator.initialize(ECGenParameterSpec("secp256r1"))
        return generator.generateKeyPair()
    }

    private fun cipher(
        mode: Int,
        nonce: ByteArray,
    ): Cipher {
        val cipher = Cipher.getInstance("AES/GCM/NoPadding")
        cipher.init(mode, wrapping, GCMParameterSpec(TAG_BITS, nonce))
        return cipher
    }

    private fun random(size: Int) = ByteArray(size).also(SecureRandom()::nextBytes)

    private companion object {
        const val KEY = 32
        const val NONCE = 12
        const val TAG_BITS = 128
    }
}
