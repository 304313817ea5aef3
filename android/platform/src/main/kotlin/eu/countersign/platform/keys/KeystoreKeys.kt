package eu.countersign.platform.keys

import android.content.Context
import android.security.keystore.KeyProperties
import eu.countersign.core.AppStatement
import eu.countersign.core.CreatedKey
import eu.countersign.core.KeyCaps
import eu.countersign.core.KeyStore
import eu.countersign.core.KeyStoreFault
import eu.countersign.core.KeyUsage
import java.security.KeyPairGenerator
import java.security.Signature
import javax.crypto.KeyGenerator
import javax.crypto.Mac

/**
 * The phone's Keystore (protocol 2.2.1, 2.3, 2.6): keys that are made inside it and never leave it.
 *
 * The core calls from a thread of its own, one operation at a time, and tries again what fails for now.
 */
class KeystoreKeys(
    context: Context,
) : KeyStore {
    private val shelf = KeystoreShelf()
    private val specs = KeySpecs()
    private val wrapping = WrappingKey(shelf, specs)
    private val ability by lazy { Ability(context, shelf, specs) }

    override fun capabilities(): KeyCaps = guarded { ability.caps() }

    override fun create(
        alias: String,
        usage: KeyUsage,
        challenge: ByteArray?,
    ): CreatedKey =
        guarded {
            shelf.refuseTaken(alias)
            when (usage) {
                KeyUsage.PRF -> CreatedKey(ByteArray(0), emptyList()).also { makeSecret(alias) }
                KeyUsage.SIGN, KeyUsage.BIO_SIGN -> {
                    if (usage == KeyUsage.BIO_SIGN) ability.requireBiometrics()
                    attested(challenge?.takeIf { ability.attests }) { makePair(alias, usage, it) }
                }
            }
        }

    /** Apple's, of which the core never asks a store that says it has Android's. */
    override fun appStatement(clientData: ByteArray): AppStatement = throw KeyStoreFault.Unsupported()

    override fun sign(
        alias: String,
        payload: ByteArray,
    ): ByteArray =
        guarded {
            val signature = Signature.getInstance(SIGNATURE)
            signature.initSign(shelf.privateKey(alias))
            signature.update(payload)
            signature.sign()
        }

    override fun prf(
        alias: String,
        input: ByteArray,
    ): ByteArray =
        guarded {
            val mac = Mac.getInstance(KeyProperties.KEY_ALGORITHM_HMAC_SHA256)
            mac.init(shelf.secretKey(alias))
            // With what the vault holds the input would be enough to test guesses on: it goes as soon as it was used.
            try {
                mac.doFinal(input)
            } finally {
                input.fill(0)
            }
        }

    override fun wrap(plain: ByteArray): ByteArray =
        guarded {
            try {
                wrapping.seal(plain, ability.strongBox)
            } finally {
                plain.fill(0)
            }
        }

    override fun unwrap(wrapped: ByteArray): ByteArray = guarded { wrapping.open(wrapped) }

    override fun delete(alias: String): Unit = guarded { shelf.delete(alias) }

    override fun list(): List<String> = guarded { shelf.aliases() }

    private fun makePair(
        alias: String,
        usage: KeyUsage,
        challenge: ByteArray?,
    ): CreatedKey {
        val spec = if (usage == KeyUsage.BIO_SIGN) specs.bio(alias) else specs.dev(alias)
        spec.setAttestationChallenge(challenge).setIsStrongBoxBacked(ability.strongBox)
        val generator = KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_EC, KeystoreShelf.PROVIDER)
        generator.initialize(spec.build())
        val public = generator.generateKeyPair().public.encoded
        // Without a challenge there is a certificate too: the Keystore signs one that says nothing.
        return CreatedKey(public, if (challenge == null) emptyList() else shelf.chain(alias))
    }

    private fun makeSecret(alias: String) {
        val hmac = KeyProperties.KEY_ALGORITHM_HMAC_SHA256
        val generator = KeyGenerator.getInstance(hmac, KeystoreShelf.PROVIDER)
        generator.init(specs.prf(alias).setIsStrongBoxBacked(ability.strongBox).build())
        generator.generateKey()
    }

    internal companion object {
        /** Over the message, not over a digest of it. */
        const val SIGNATURE = "SHA256withECDSA"
    }
}
