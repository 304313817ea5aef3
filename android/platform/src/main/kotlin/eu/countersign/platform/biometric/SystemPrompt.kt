package eu.countersign.platform.biometric

import android.content.Context
import android.hardware.biometrics.BiometricManager
import android.hardware.biometrics.BiometricPrompt
import android.os.Build
import android.os.CancellationSignal
import eu.countersign.core.SignatureRequest
import eu.countersign.shell.device.Prompt
import eu.countersign.shell.device.Prompt.Answer
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withContext
import java.security.Signature
import kotlin.coroutines.resume

/**
 * The system's sheet for finger or face. It opens one signature of the biometric key (protocol 2.6): what is signed is
 * bound to the check, and an app that lies about the check has no signature.
 */
class SystemPrompt(
    private val context: Context,
    private val offMain: CoroutineDispatcher = Dispatchers.IO,
) : Prompt {
    override suspend fun sign(
        request: SignatureRequest,
        title: String,
        usePin: String,
    ): Answer =
        when (val begun = withContext(offMain) { begin(request.key) }) {
            is Begun.Not -> begun.answer
            is Begun.With -> {
                val outcome = ask(begun.signature, title, usePin)
                if (outcome == null) withContext(offMain) { finish(begun.signature, request.payload) } else outcome
            }
        }

    /** Null when the person agreed: then the signature may be made. */
    private suspend fun ask(
        signature: Signature,
        title: String,
        usePin: String,
    ): Answer? =
        suspendCancellableCoroutine { waiting ->
            val closing = CancellationSignal()
            waiting.invokeOnCancellation { closing.cancel() }
            val answer = { outcome: Answer? -> if (waiting.isActive) waiting.resume(outcome) }
            val sheet =
                strong(BiometricPrompt.Builder(context))
                    .setTitle(title)
                    .setNegativeButton(usePin, context.mainExecutor) { _, _ -> answer(Answer.Cancelled) }
                    .build()
            sheet.authenticate(BiometricPrompt.CryptoObject(signature), closing, context.mainExecutor, Listener(answer))
        }

    /** Before Android 11 the crypto object alone says so. */
    private fun strong(sheet: BiometricPrompt.Builder): BiometricPrompt.Builder =
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            sheet.setAllowedAuthenticators(BiometricManager.Authenticators.BIOMETRIC_STRONG)
        } else {
            sheet
        }

    /** A wrong finger is not told: the sheet stays and says so itself. */
    private class Listener(
        private val answer: (Answer?) -> Unit,
    ) : BiometricPrompt.AuthenticationCallback() {
        override fun onAuthenticationSucceeded(result: BiometricPrompt.AuthenticationResult) = answer(null)

        override fun onAuthenticationError(
            errorCode: Int,
            errString: CharSequence,
        ) = answer(answerTo(errorCode))
    }
}
