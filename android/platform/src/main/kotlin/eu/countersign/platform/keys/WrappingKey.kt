package eu.countersign.platform.keys

import android.security.keystore.KeyProperties
import eu.countersign.core.KeyStoreFault
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/** AES-256-GCM for the key of the vault (protocol 2.4), and for nothing else. */
internal class WrappingKey(
    private val shelf: KeystoreShelf,
    private val specs: KeySpecs,
) {
    /** The Keystore's nonce stands in front. */
    fun seal(
        plain: ByteArray,
        strongBox: Boolean,
    ): ByteArray {
        val cipher = Cipher.getInstance(TRANSFORMATION)
        cipher.init(Cipher.ENCRYPT_MODE, present() ?: make(strongBox))
        return cipher.iv + cipher.doFinal(plain)
    }

    /** Opens what [seal] gave; a blob of another installation is not found. */
    fun open(wrapped: ByteArray): ByteArray {
        if (wrapped.size < NONCE + TAG) throw KeyStoreFault.NotFound()
        val cipher = Cipher.getInstance(TRANSFORMATION)
        val nonce = GCMParameterSpec(TAG * Byte.SIZE_BITS, wrapped, 0, NONCE)
        cipher.init(Cipher.DECRYPT_MODE, shelf.secretKey(ALIAS), nonce)
        return try {
            cipher.doFinal(wrapped, NONCE, wrapped.size - NONCE)
        } catch (_: AEADBadTagException) {
            throw KeyStoreFault.NotFound()
        }
    }

    private fun present(): SecretKey? =
        try {
            shelf.secretKey(ALIAS)
        } catch (_: KeyStoreFault.NotFound) {
            null
        }

    private fun make(strongBox: Boolean): SecretKey {
        val generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, KeystoreShelf.PROVIDER)
        generator.init(specs.wrapping(ALIAS).setIsStrongBoxBacked(strongBox).build())
        return generator.generateKey()
    }

    private companion object {
        const val ALIAS = "countersign.wrapping"
        const val TRANSFORMATION = "AES/GCM/NoPadding"
        const val NONCE = 12
        const val TAG = 16
    }
}
