package eu.countersign.platform.keys

import android.os.Build
import android.security.KeyStoreException
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.StrongBoxUnavailableException
import android.security.keystore.UserNotAuthenticatedException
import eu.countersign.core.KeyStoreFault
import java.security.GeneralSecurityException
import java.security.InvalidAlgorithmParameterException
import java.security.ProviderException
import java.security.UnrecoverableKeyException

/** Runs an operation of the Keystore; what it throws becomes what the core can act on, and its text ends here. */
internal fun <T> guarded(operation: () -> T): T =
    try {
        operation()
    } catch (thrown: GeneralSecurityException) {
        throw faultOf(thrown, Build.VERSION.SDK_INT)
    } catch (thrown: ProviderException) {
        throw faultOf(thrown, Build.VERSION.SDK_INT)
    }

/** "Gone for good" only where the system says so: anything else may work the next time (2.2.2). */
internal fun faultOf(
    thrown: Throwable,
    sdk: Int,
): KeyStoreFault = generateSequence(thrown) { it.cause }.firstNotNullOfOrNull { known(it, sdk) } ?: KeyStoreFault.Unexpected()

private fun known(
    thrown: Throwable,
    sdk: Int,
): KeyStoreFault? =
    when (thrown) {
        is KeyPermanentlyInvalidatedException -> KeyStoreFault.Invalidated()
        // How the Keystore says the same from Android 12 on when it is asked for the key itself: no cause, a bare message.
        is UnrecoverableKeyException ->
            if (sdk >= Build.VERSION_CODES.S && thrown.cause == null) KeyStoreFault.Invalidated() else null
        // No finger is enrolled, or this version has no such key.
        is InvalidAlgorithmParameterException -> KeyStoreFault.Unsupported()
        // The phone is locked.
        is UserNotAuthenticatedException -> KeyStoreFault.Transient()
        is StrongBoxUnavailableException -> KeyStoreFault.Transient()
        is KeyStoreException -> if (sdk >= Build.VERSION_CODES.TIRAMISU) numbered(thrown) else null
        else -> null
    }

private fun numbered(thrown: KeyStoreException): KeyStoreFault? =
    when {
        thrown.numericErrorCode == KeyStoreException.ERROR_KEY_DOES_NOT_EXIST -> KeyStoreFault.NotFound()
        thrown.numericErrorCode == KeyStoreException.ERROR_KEY_CORRUPTED -> KeyStoreFault.Invalidated()
        thrown.numericErrorCode == KeyStoreException.ERROR_KEYSTORE_UNINITIALIZED -> KeyStoreFault.Transient()
        thrown.isTransientFailure || thrown.requiresUserAuthentication() -> KeyStoreFault.Transient()
        else -> null
    }
