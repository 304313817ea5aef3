package eu.countersign.platform.keys

import android.content.Context
import android.content.pm.PackageManager
import android.hardware.biometrics.BiometricManager
import android.os.Build
import android.security.keystore.KeyProperties
import android.security.keystore.StrongBoxUnavailableException
import eu.countersign.core.Attestations
import eu.countersign.core.Biometrics
import eu.countersign.core.KeyCaps
import eu.countersign.core.KeyStoreFault
import eu.countersign.core.Level
import eu.countersign.core.PrfKind
import java.security.KeyPairGenerator
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey

/**
 * What this phone's Keystore can do, found by making a key and asking where it lies, once for each start.
 *
 * A StrongBox that takes the probe is used for every key, one that refuses it for none: a key never lies lower than
 * the level that the server was told (2.3).
 */
internal class Ability(
    private val context: Context,
    private val shelf: KeystoreShelf,
    private val specs: KeySpecs,
) {
    private val level: Level by lazy(::probed)

    /** Whether keys are made in the chip of their own. */
    val strongBox: Boolean get() = level == Level.STRONGBOX

    /** Whether somebody vouches for the keys: not for an emulator's, which are in no hardware. */
    val attests: Boolean get() = level != Level.SOFTWARE

    fun caps(): KeyCaps =
        when (level) {
            // An emulator: the keys are the system's, but in no hardware.
            Level.SOFTWARE -> KeyCaps(level, PrfKind.SOFTWARE, biometrics(), Attestations.NONE)
            Level.TEE, Level.STRONGBOX, Level.SECURE_ENCLAVE ->
                KeyCaps(level, PrfKind.HMAC, biometrics(), Attestations.ANDROID_KEY)
        }

    /** Without a finger or face the system makes no such key. */
    fun requireBiometrics() {
        if (biometrics() != Biometrics.STRONG) throw KeyStoreFault.Unsupported()
    }

    private fun probed(): Level {
        val chip = context.packageManager.hasSystemFeature(PackageManager.FEATURE_STRONGBOX_KEYSTORE)
        return if (chip) probedInStrongBox() else probe(strongBox = false)
    }

    private fun probedInStrongBox(): Level =
        try {
            probe(strongBox = true)
        } catch (_: StrongBoxUnavailableException) {
            probe(strongBox = false)
        }

    private fun probe(strongBox: Boolean): Level =
        try {
            // A chip may have the one kind and not the other: what cannot hold a signing key is of no use to anybody.
            if (strongBox) probePair()
            val generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_HMAC_SHA256, KeystoreShelf.PROVIDER)
            generator.init(specs.prf(PROBE).setIsStrongBoxBacked(strongBox).build())
            levelOf(generator.generateKey(), strongBox)
        } finally {
            shelf.delete(PROBE)
        }

    private fun probePair() {
        val generator = KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_EC, KeystoreShelf.PROVIDER)
        generator.initialize(specs.dev(PROBE).setIsStrongBoxBacked(true).build())
        generator.generateKeyPair()
    }

    private fun biometrics(): Biometrics {
        val manager = context.getSystemService(BiometricManager::class.java) ?: return Biometrics.NONE
        val answer =
            if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
                manager.canAuthenticate(BiometricManager.Authenticators.BIOMETRIC_STRONG)
            } else {
                @Suppress("DEPRECATION")
                manager.canAuthenticate()
            }
        return if (answer == BiometricManager.BIOMETRIC_SUCCESS) Biometrics.STRONG else Biometrics.NONE
    }

    private companion object {
        const val PROBE = "countersign.probe"
    }
}
