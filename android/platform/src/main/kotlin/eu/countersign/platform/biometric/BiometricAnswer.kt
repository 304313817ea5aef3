package eu.countersign.platform.biometric

import android.hardware.biometrics.BiometricPrompt
import eu.countersign.shell.device.Prompt.Answer

/** What the system's number for an end without a signature means to a flow. */
internal fun answerTo(error: Int): Answer =
    when (error) {
        BiometricPrompt.BIOMETRIC_ERROR_USER_CANCELED,
        BiometricPrompt.BIOMETRIC_ERROR_CANCELED,
        BiometricPrompt.BIOMETRIC_ERROR_TIMEOUT,
        -> Answer.Cancelled
        BiometricPrompt.BIOMETRIC_ERROR_LOCKOUT,
        BiometricPrompt.BIOMETRIC_ERROR_LOCKOUT_PERMANENT,
        -> Answer.LockedOut
        // No sensor, nothing enrolled, dirt on it, an update due: and whatever a later version adds.
        else -> Answer.Unavailable
    }
