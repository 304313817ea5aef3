package eu.countersign.platform.biometric

import android.security.keystore.KeyPermanentlyInvalidatedException
import eu.countersign.core.KeyStoreFault
import eu.countersign.platform.keys.KeystoreKeys
import eu.countersign.platform.keys.KeystoreShelf
import eu.countersign.platform.keys.guarded
import eu.countersign.shell.device.Prompt.Answer
import java.security.GeneralSecurityException
import java.security.Signature

/** A signature that waits for the person's check, or the reason why there can be none. */
internal sealed interface Begun {
    class With(
        val signature: Signature,
    ) : Begun

    class Not(
        val answer: Answer,
    ) : Begun
}

/** Starts a signature with the biometric key. Here the system says that the key is gone: a finger was added. */
internal fun begin(alias: String): Begun =
    try {
        guarded {
            val signature = Signature.getInstance(KeystoreKeys.SIGNATURE)
            signature.initSign(KeystoreShelf().privateKey(alias))
            Begun.With(signature)
        }
    } catch (fault: KeyStoreFault) {
        Begun.Not(answerTo(fault))
    }

/** Signs [payload]: once, because the check was for once. */
internal fun finish(
    signature: Signature,
    payload: ByteArray,
): Answer =
    try {
        signature.update(payload)
        Answer.Signed(signature.sign())
    } catch (_: KeyPermanentlyInvalidatedException) {
        Answer.Invalidated
    } catch (_: GeneralSecurityException) {
        Answer.Unavailable
    }

private fun answerTo(fault: KeyStoreFault): Answer =
    when (fault) {
        is KeyStoreFault.NotFound, is KeyStoreFault.Invalidated -> Answer.Invalidated
        is KeyStoreFault.Exists,
        is KeyStoreFault.Transient,
        is KeyStoreFault.Unsupported,
        is KeyStoreFault.Unexpected,
        -> Answer.Unavailable
    }
