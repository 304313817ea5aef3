package eu.countersign.platform.keys

import android.os.Build
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import java.security.spec.ECGenParameterSpec

/** What each kind of key may do. Where it lies, and what attests it, is added by whoever makes it. */
internal class KeySpecs {
    /** Signs every message, without asking the person. */
    fun dev(alias: String): KeyGenParameterSpec.Builder = signing(alias)

    /** The hardware's part of the PIN derivation: each guess costs a call of it, and a locked phone answers none. */
    fun prf(alias: String): KeyGenParameterSpec.Builder =
        unlockedOnly(
            KeyGenParameterSpec
                .Builder(alias, KeyProperties.PURPOSE_SIGN)
                .setDigests(KeyProperties.DIGEST_SHA256)
                .setKeySize(BITS),
        )

    /** One check of finger or face for each signature; never the screen lock instead; gone when a finger is added. */
    fun bio(alias: String): KeyGenParameterSpec.Builder =
        eachUse(
            signing(alias)
                .setUserAuthenticationRequired(true)
                .setInvalidatedByBiometricEnrollment(true),
        )

    /** Seals the key of the vault; the nonce is the Keystore's. */
    fun wrapping(alias: String): KeyGenParameterSpec.Builder =
        unlockedOnly(
            KeyGenParameterSpec
                .Builder(alias, KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT)
                .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                .setKeySize(BITS),
        )

    private fun signing(alias: String) =
        KeyGenParameterSpec
            .Builder(alias, KeyProperties.PURPOSE_SIGN)
            .setAlgorithmParameterSpec(ECGenParameterSpec("secp256r1"))
            .setDigests(KeyProperties.DIGEST_SHA256)

    /** From Android 15 on: before, such keys could be unusable after a weak unlock (note to 2.2.1). */
    private fun unlockedOnly(spec: KeyGenParameterSpec.Builder): KeyGenParameterSpec.Builder =
        spec.setUnlockedDeviceRequired(Build.VERSION.SDK_INT >= Build.VERSION_CODES.VANILLA_ICE_CREAM)

    /** Before Android 11 a key without a time of validity is one that biometrics alone open, for one use. */
    private fun eachUse(spec: KeyGenParameterSpec.Builder): KeyGenParameterSpec.Builder =
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            spec.setUserAuthenticationParameters(0, KeyProperties.AUTH_BIOMETRIC_STRONG)
        } else {
            @Suppress("DEPRECATION")
            spec.setUserAuthenticationValidityDurationSeconds(-1)
        }

    private companion object {
        const val BITS = 256
    }
}
