package eu.countersign.platform

import android.hardware.biometrics.BiometricPrompt
import android.security.keystore.KeyProperties
import eu.countersign.core.Level
import eu.countersign.platform.biometric.answerTo
import eu.countersign.platform.camera.nearest
import eu.countersign.platform.device.shown
import eu.countersign.platform.keys.levelOf
import eu.countersign.shell.device.Prompt.Answer
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNull

/** What the adapters decide without a phone. */
class AdaptersTest {
    @Test
    fun `the frame nearest to 1280 by 720 is taken`() {
        assertEquals(1280 to 720, nearest(listOf(640 to 480, 4000 to 3000, 1280 to 720, 1920 to 1080)))
        assertEquals(1280 to 960, nearest(listOf(640 to 480, 4000 to 3000, 1280 to 960)))
        assertNull(nearest(emptyList()))
    }

    @Test
    fun `a level that is not known is the lowest`() {
        assertEquals(Level.STRONGBOX, levelOf(KeyProperties.SECURITY_LEVEL_STRONGBOX))
        assertEquals(Level.TEE, levelOf(KeyProperties.SECURITY_LEVEL_TRUSTED_ENVIRONMENT))
        assertEquals(Level.SOFTWARE, levelOf(KeyProperties.SECURITY_LEVEL_UNKNOWN_SECURE))
        assertEquals(Level.SOFTWARE, levelOf(17))
    }

    @Test
    fun `the end of the system's question is told apart`() {
        assertEquals(Answer.Cancelled, answerTo(BiometricPrompt.BIOMETRIC_ERROR_USER_CANCELED))
        assertEquals(Answer.LockedOut, answerTo(BiometricPrompt.BIOMETRIC_ERROR_LOCKOUT))
        assertEquals(Answer.LockedOut, answerTo(BiometricPrompt.BIOMETRIC_ERROR_LOCKOUT_PERMANENT))
        assertEquals(Answer.Unavailable, answerTo(BiometricPrompt.BIOMETRIC_ERROR_HW_UNAVAILABLE))
        assertEquals(Answer.Unavailable, answerTo(9999))
    }

    @Test
    fun `servers get a name that they take`() {
        assertEquals("Pixel 9", shown("Pixel 9"))
        assertEquals("x".repeat(40), shown("x".repeat(60)))
        assertEquals("Mi  9", shown(" Mi \u202e 9\n"))
        assertEquals("Android", shown("手机"))
    }
}
