package eu.countersign.software

import java.security.GeneralSecurityException
import javax.crypto.Cipher
import javax.crypto.spec.GCMParameterSpec
import javax.crypto.spec.SecretKeySpec

/** Bytes of a nonce; it stands in front of what is sealed with it. */
internal const val NONCE = 12
private const val TAG_BITS = 128

/** AES-256-GCM. */
internal fun seal(
    key: ByteArray,
    plain: ByteArray,
    nonce: ByteArray,
): ByteArray = nonce + cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(plain)

/** What [seal] was given; nothing if it was sealed by another key, changed, or never sealed. */
internal fun open(
    key: ByteArray,
    sealed: ByteArray,
): ByteArray? {
    if (sealed.size < NONCE) return null
    return try {
        cipher(Cipher.DECRYPT_MODE, key, sealed.copyOf(NONCE)).doFinal(sealed, NONCE, sealed.size - NONCE)
    } catch (_: GeneralSecurityException) {
        null
    }
}

private fun cipher(
    mode: Int,
    key: ByteArray,
    nonce: ByteArray,
): Cipher {
    val cipher = Cipher.getInstance("AES/GCM/NoPadding")
    cipher.init(mode, SecretKeySpec(key, "AES"), GCMParameterSpec(TAG_BITS, nonce))
    return cipher
}
