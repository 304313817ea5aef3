package eu.countersign.platform

import android.security.KeyStoreException
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.StrongBoxUnavailableException
import android.security.keystore.UserNotAuthenticatedException
import eu.countersign.core.CreatedKey
import eu.countersign.core.KeyStoreFault
import eu.countersign.platform.keys.attested
import eu.countersign.platform.keys.faultOf
import org.junit.jupiter.api.assertThrows
import java.security.InvalidAlgorithmParameterException
import java.security.InvalidKeyException
import java.security.ProviderException
import java.security.UnrecoverableKeyException
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertIs
import kotlin.test.assertSame

/** The framework's own exceptions, with the numbers that its key store daemon answers. */
class KeyFaultsTest {
    @Test
    fun `a key that a new finger ended is gone for good`() {
        assertIs<KeyStoreFault.Invalidated>(faultOf(KeyPermanentlyInvalidatedException(), NEW))
        assertIs<KeyStoreFault.Invalidated>(faultOf(UnrecoverableKeyException("Key permanently invalidated"), NEW))
    }

    @Test
    fun `a locked phone is asked again`() {
        assertIs<KeyStoreFault.Transient>(faultOf(UserNotAuthenticatedException(), OLD))
        assertIs<KeyStoreFault.Transient>(fault(DEVICE_LOCKED))
        assertIs<KeyStoreFault.Transient>(fault(KEYSTORE_LOCKED))
        assertIs<KeyStoreFault.Transient>(faultOf(StrongBoxUnavailableException(), OLD))
    }

    @Test
    fun `a key that the daemon does not have, or cannot read, is gone`() {
        assertIs<KeyStoreFault.NotFound>(fault(KEY_NOT_FOUND))
        assertIs<KeyStoreFault.Invalidated>(fault(VALUE_CORRUPTED))
    }

    @Test
    fun `a key that asks for a finger where none is enrolled is not supported`() {
        val none = IllegalStateException("At least one biometric must be enrolled")
        assertIs<KeyStoreFault.Unsupported>(faultOf(InvalidAlgorithmParameterException(none), NEW))
    }

    @Test
    fun `what nobody explains is never called gone`() {
        assertIs<KeyStoreFault.Unexpected>(faultOf(ProviderException(KeyStoreException(KEY_NOT_FOUND, "")), OLD))
        assertIs<KeyStoreFault.Unexpected>(faultOf(UnrecoverableKeyException("no public key"), OLD))
        assertIs<KeyStoreFault.Unexpected>(faultOf(InvalidKeyException(), NEW))
        assertIs<KeyStoreFault.Unexpected>(fault(UNKNOWN))
    }

    @Test
    fun `a phone that cannot attest makes the key without it`() {
        val asked = mutableListOf<ByteArray?>()
        val made =
            attested(CHALLENGE, NEW) {
                asked += it
                if (it != null) throw ProviderException("no attestation keys") else PLAIN
            }
        assertSame(PLAIN, made)
        assertEquals(listOf(CHALLENGE, null), asked)
    }

    @Test
    fun `a chip that is busy is asked again, not left out`() {
        var asked = 0
        assertThrows<StrongBoxUnavailableException> {
            attested(CHALLENGE, NEW) {
                asked++
                throw StrongBoxUnavailableException()
            }
        }
        assertEquals(1, asked)
    }

    @Test
    fun `what cannot be attested just now is asked again, not left out`() {
        var asked = 0
        assertThrows<ProviderException> {
            attested(CHALLENGE, NEW) {
                asked++
                throw ProviderException(KeyStoreException(KEYSTORE_LOCKED, "text"))
            }
        }
        assertEquals(1, asked)
    }

    private fun fault(number: Int): KeyStoreFault = faultOf(ProviderException(KeyStoreException(number, "text")), NEW)

    private companion object {
        const val OLD = 29
        const val NEW = 35

        // Of the daemon.
        const val KEYSTORE_LOCKED = 2
        const val KEY_NOT_FOUND = 7
        const val VALUE_CORRUPTED = 8

        // Of the hardware.
        const val DEVICE_LOCKED = -72
        const val UNKNOWN = -1000

        val CHALLENGE = ByteArray(32)
        val PLAIN = CreatedKey(byteArrayOf(4), emptyList())
    }
}
