package eu.countersign.keystoretest

import eu.countersign.core.Attestations
import eu.countersign.core.Biometrics
import eu.countersign.core.CreatedKey
import eu.countersign.core.KeyStore
import eu.countersign.core.KeyStoreFault
import eu.countersign.core.KeyUsage
import eu.countersign.core.Level
import eu.countersign.core.PrfKind
import java.security.KeyFactory
import java.security.SecureRandom
import java.security.Signature
import java.security.cert.CertificateFactory
import java.security.cert.X509Certificate
import java.security.spec.X509EncodedKeySpec
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertNotEquals
import kotlin.test.assertNotNull
import kotlin.test.assertTrue

/**
 * What the core expects of every key store (protocol 2.3), as cases without a test framework: they run on the software
 * key store wherever it is built, and on a phone's Keystore as an instrumented test.
 */
class KeyStoreContract(
    private val keys: KeyStore,
) {
    /** Every case, by its sentence. */
    val cases: Map<String, () -> Unit> =
        mapOf(
            "a signing key signs the message, and its public part verifies it" to ::signs,
            "a prf answers 32 bytes, the same for the same input" to ::prfIsAFunction,
            "two prf keys differ" to ::prfKeysDiffer,
            "a prf key has no public part" to ::prfIsSecret,
            "an alias is taken once" to ::aliasIsTakenOnce,
            "a key that was never made is not found" to ::unknownIsNotFound,
            "a deleted key is not found, and deleting it again is no fault" to ::deletes,
            "all keys are listed, and nothing else" to ::lists,
            "what is wrapped is opened again, and looks different each time" to ::wraps,
            "a changed, a short and a foreign blob are not found" to ::wrongBlobs,
            "a biometric key is made where the store says so" to ::biometricKey,
            "software calls itself software" to ::isHonest,
            "what vouches for a key is about this key, and comes only where it is asked for" to ::attests,
        )

    private fun signs() =
        withKey(KeyUsage.SIGN, CHALLENGE) { alias, public ->
            val signature = keys.sign(alias, MESSAGE)
            assertTrue(verifies(public, MESSAGE, signature))
            assertFalse(verifies(public, MESSAGE + 0, signature))
        }

    private fun prfIsAFunction() =
        withKey(KeyUsage.PRF) { alias, _ ->
            val first = keys.prf(alias, INPUT.copyOf())
            assertEquals(OUTPUT, first.size)
            assertContentEquals(first, keys.prf(alias, INPUT.copyOf()))
            assertNotEquals(first.toList(), keys.prf(alias, INPUT.reversedArray()).toList())
        }

    private fun prfKeysDiffer() =
        withKey(KeyUsage.PRF) { one, _ ->
            withKey(KeyUsage.PRF) { other, _ ->
                assertNotEquals(keys.prf(one, INPUT.copyOf()).toList(), keys.prf(other, INPUT.copyOf()).toList())
            }
        }

    private fun prfIsSecret() = withKey(KeyUsage.PRF) { _, public -> assertEquals(0, public.size) }

    private fun aliasIsTakenOnce() =
        withKey(KeyUsage.SIGN) { alias, public ->
            assertFailsWith<KeyStoreFault.Exists> { keys.create(alias, KeyUsage.SIGN, null) }
            assertFailsWith<KeyStoreFault.Exists> { keys.create(alias, KeyUsage.PRF, null) }
            assertTrue(verifies(public, MESSAGE, keys.sign(alias, MESSAGE)), "the first key is still there")
        }

    private fun unknownIsNotFound() {
        assertFailsWith<KeyStoreFault.NotFound> { keys.sign(freshAlias(KeyUsage.SIGN), MESSAGE) }
        assertFailsWith<KeyStoreFault.NotFound> { keys.prf(freshAlias(KeyUsage.PRF), INPUT.copyOf()) }
    }

    private fun deletes() =
        withKey(KeyUsage.SIGN) { alias, _ ->
            keys.delete(alias)
            keys.delete(alias)
            assertFailsWith<KeyStoreFault.NotFound> { keys.sign(alias, MESSAGE) }
        }

    private fun lists() {
        val before = keys.list().toSet()
        keys.wrap(MESSAGE.copyOf())
        withKey(KeyUsage.SIGN) { sign, _ ->
            withKey(KeyUsage.PRF) { prf, _ -> assertEquals(before + sign + prf, keys.list().toSet()) }
        }
        assertEquals(before, keys.list().toSet())
    }

    private fun wraps() {
        val wrapped = keys.wrap(INPUT.copyOf())
        assertContentEquals(INPUT, keys.unwrap(wrapped))
        assertNotEquals(wrapped.toList(), keys.wrap(INPUT.copyOf()).toList())
    }

    private fun wrongBlobs() {
        val wrapped = keys.wrap(INPUT.copyOf())
        wrapped[wrapped.lastIndex] = (wrapped.last().toInt() xor 1).toByte()
        assertFailsWith<KeyStoreFault.NotFound> { keys.unwrap(wrapped) }
        assertFailsWith<KeyStoreFault.NotFound> { keys.unwrap(ByteArray(0)) }
        assertFailsWith<KeyStoreFault.NotFound> { keys.unwrap(ByteArray(wrapped.size)) }
    }

    private fun biometricKey() =
        when (keys.capabilities().bio) {
            Biometrics.NONE -> biometricKeyIsRefused()
            Biometrics.STRONG, Biometrics.SOFTWARE ->
                withKey(KeyUsage.BIO_SIGN, CHALLENGE) { alias, public ->
                    assertTrue(alias in keys.list())
                    assertEquals("EC", publicKey(public).algorithm)
                }
        }

    private fun biometricKeyIsRefused() {
        val alias = freshAlias(KeyUsage.BIO_SIGN)
        assertFailsWith<KeyStoreFault.Unsupported> { keys.create(alias, KeyUsage.BIO_SIGN, null) }
        assertFalse(alias in keys.list())
    }

    private fun isHonest() {
        val caps = keys.capabilities()
        assertEquals(caps.level == Level.SOFTWARE, caps.prf == PrfKind.SOFTWARE)
        if (caps.bio == Biometrics.SOFTWARE) assertEquals(Level.SOFTWARE, caps.level)
    }

    private fun attests() {
        made(KeyUsage.SIGN) { _, key -> assertEquals(emptyList(), key.chain) }
        made(KeyUsage.PRF) { _, key -> assertEquals(emptyList(), key.chain) }
        when (keys.capabilities().attest) {
            Attestations.ANDROID_KEY -> made(KeyUsage.SIGN, CHALLENGE) { _, key -> certifies(key) }
            Attestations.APPLE_APP_ATTEST, Attestations.NONE ->
                made(KeyUsage.SIGN, CHALLENGE) { _, key -> assertEquals(emptyList(), key.chain) }
        }
        // Apple's comes from an adapter that no JVM runs.
        assertNotEquals(Attestations.APPLE_APP_ATTEST, keys.capabilities().attest)
        assertFailsWith<KeyStoreFault.Unsupported> { keys.appStatement(CHALLENGE) }
    }

    /** A phone that knows how to attest may still be without the means; then it gives no chain. */
    private fun certifies(key: CreatedKey) {
        val leaf = key.chain.firstOrNull() ?: return
        val certificate = CertificateFactory.getInstance("X.509").generateCertificate(leaf.inputStream())
        assertContentEquals(publicKey(key.publicKey).encoded, certificate.publicKey.encoded)
        val description = assertNotNull((certificate as X509Certificate).getExtensionValue(DESCRIPTION))
        val challenge = CHALLENGE.toHexString()
        assertTrue(challenge in description.toHexString(), "a chain for another message, or for none")
    }

    /** The key goes again, whatever happens: a phone's store outlives the test. */
    private fun withKey(
        usage: KeyUsage,
        challenge: ByteArray? = null,
        test: (alias: String, public: ByteArray) -> Unit,
    ) = made(usage, challenge) { alias, key -> test(alias, key.publicKey) }

    private fun made(
        usage: KeyUsage,
        challenge: ByteArray? = null,
        test: (alias: String, key: CreatedKey) -> Unit,
    ) {
        val alias = freshAlias(usage)
        try {
            test(alias, keys.create(alias, usage, challenge))
        } finally {
            keys.delete(alias)
        }
    }

    private companion object {
        val MESSAGE = "a message, not its digest".encodeToByteArray()
        val INPUT = ByteArray(32) { it.toByte() }
        val CHALLENGE = ByteArray(32) { 7 }
        const val OUTPUT = 32

        /** Android's key attestation. */
        const val DESCRIPTION = "1.3.6.1.4.1.11129.2.1.17"

        fun freshAlias(usage: KeyUsage): String {
            val random = ByteArray(16).also(SecureRandom()::nextBytes).joinToString("") { "%02x".format(it) }
            return "map.${wordOf(usage)}.$random"
        }

        fun wordOf(usage: KeyUsage): String =
            when (usage) {
                KeyUsage.SIGN -> "sign"
                KeyUsage.PRF -> "prf"
                KeyUsage.BIO_SIGN -> "bio"
            }

        fun verifies(
            public: ByteArray,
            message: ByteArray,
            signature: ByteArray,
        ): Boolean {
            val verifier = Signature.getInstance("SHA256withECDSA")
            verifier.initVerify(publicKey(public))
            verifier.update(message)
            return verifier.verify(signature)
        }

        fun publicKey(spki: ByteArray) = KeyFactory.getInstance("EC").generatePublic(X509EncodedKeySpec(spki))
    }
}
