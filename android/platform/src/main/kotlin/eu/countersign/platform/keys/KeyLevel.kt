package eu.countersign.platform.keys

import android.os.Build
import android.security.keystore.KeyInfo
import android.security.keystore.KeyProperties
import eu.countersign.core.Level
import javax.crypto.SecretKey
import javax.crypto.SecretKeyFactory

/** Where a key lies, as the Keystore says. [inStrongBox] is where it was asked to be made: it is there or nowhere. */
internal fun levelOf(
    key: SecretKey,
    inStrongBox: Boolean,
): Level {
    val factory = SecretKeyFactory.getInstance(key.algorithm, KeystoreShelf.PROVIDER)
    val info = factory.getKeySpec(key, KeyInfo::class.java) as KeyInfo
    return if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) levelOf(info.securityLevel) else before12(info, inStrongBox)
}

/** A level that this version does not know is taken for the lowest. */
internal fun levelOf(securityLevel: Int): Level =
    when (securityLevel) {
        KeyProperties.SECURITY_LEVEL_STRONGBOX -> Level.STRONGBOX
        KeyProperties.SECURITY_LEVEL_TRUSTED_ENVIRONMENT -> Level.TEE
        else -> Level.SOFTWARE
    }

@Suppress("DEPRECATION")
private fun before12(
    info: KeyInfo,
    inStrongBox: Boolean,
): Level =
    when {
        !info.isInsideSecureHardware -> Level.SOFTWARE
        inStrongBox -> Level.STRONGBOX
        else -> Level.TEE
    }
