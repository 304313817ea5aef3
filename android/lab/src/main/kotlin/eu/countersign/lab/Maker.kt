package eu.countersign.lab

import eu.countersign.core.Attestations
import eu.countersign.core.Biometrics
import eu.countersign.core.CreatedKey
import eu.countersign.core.KeyCaps
import eu.countersign.core.KeyStore
import eu.countersign.core.KeyUsage
import eu.countersign.core.Level
import eu.countersign.core.PrfKind
import eu.countersign.software.SoftwareKeyStore
import java.nio.file.Files
import java.nio.file.Path
import java.security.KeyPairGenerator
import java.security.Signature
import java.security.spec.ECGenParameterSpec
import java.util.Base64

/** A maker of Android phones: it certifies keys as their platform does, under a root of its own. */
class Maker {
    private val root =
        KeyPairGenerator.getInstance("EC").apply { initialize(ECGenParameterSpec("secp256r1")) }.generateKeyPair()
    private val authority = certificate(ROOT, root.public.encoded, extension(CONSTRAINTS, Der.sequence(Der.yes())))

    /** What a server is told that has to trust its phones, with the root and what was revoked in files in [folder]. */
    fun trusted(folder: Path = Files.createTempDirectory("countersign-maker")): Array<String> {
        val roots = folder.resolve("roots.pem")
        val pem = Base64.getMimeEncoder().encodeToString(authority)
        Files.writeString(roots, "-----BEGIN CERTIFICATE-----\n$pem\n-----END CERTIFICATE-----\n")
        val revoked = Files.writeString(folder.resolve("revoked.json"), """{"entries": {}}""")
        val app = "$APP=${"ab".repeat(DIGEST.size)}"
        return arrayOf("--attestation-roots", "$roots", "--attestation-revoked", "$revoked", "--attestation-app", app)
    }

    /** Certificates of a key in a TEE, its own first. */
    fun chain(
        spki: ByteArray,
        usage: KeyUsage,
        challenge: ByteArray,
    ): List<ByteArray> {
        val description = extension(DESCRIPTION, describe(challenge, asksPerson = usage == KeyUsage.BIO_SIGN))
        return listOf(certificate("Android Keystore Key", spki, description), authority)
    }

    private fun certificate(
        subject: String,
        spki: ByteArray,
        extension: ByteArray,
    ): ByteArray {
        val valid = Der.sequence(Der.time("200101000000Z"), Der.time("490101000000Z"))
        val head = arrayOf(Der.tagged(0, Der.integer(2)), Der.integer(1), ALGORITHM, name(ROOT), valid)
        val said = Der.sequence(*head, name(subject), spki, Der.tagged(3, Der.sequence(extension)))
        val signature = Signature.getInstance("SHA256withECDSA")
        signature.initSign(root.private)
        signature.update(said)
        return Der.sequence(said, ALGORITHM, Der.bits(signature.sign()))
    }

    private companion object {
        const val ROOT = "Root"
        const val APP = "example.countersign"
        val DIGEST = ByteArray(32) { 0xab.toByte() }
        val ALGORITHM = Der.sequence(Der.identifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2))
        val CONSTRAINTS = Der.identifier(0x55, 0x1d, 0x13)
        val DESCRIPTION = Der.identifier(0x2b, 6, 1, 4, 1, 0xd6, 0x79, 2, 1, 0x11)

        fun name(name: String) = Der.sequence(Der.set(Der.sequence(Der.identifier(0x55, 4, 3), Der.text(name))))

        fun extension(
            identifier: ByteArray,
            content: ByteArray,
        ) = Der.sequence(identifier, Der.octets(content))

        /** Android's key description: made in a TEE of a locked phone, for signing, by this app. */
        fun describe(
            challenge: ByteArray,
            asksPerson: Boolean,
        ): ByteArray {
            val tee = Der.enumerated(1)
            val app = Der.sequence(Der.octets(APP.encodeToByteArray()), Der.integer(7))
            val owner = Der.sequence(Der.set(app), Der.set(Der.octets(DIGEST)))
            val software = Der.sequence(Der.tagged(709, Der.octets(owner)))
            val started = Der.sequence(Der.octets(DIGEST), Der.yes(), Der.enumerated(0), Der.octets(DIGEST))
            val asked = if (asksPerson) Der.tagged(504, Der.integer(2)) else Der.tagged(503, Der.nothing())
            val key = arrayOf(Der.tagged(1, Der.set(Der.integer(2))), Der.tagged(2, Der.integer(3)))
            val curve = Der.tagged(10, Der.integer(1))
            val hardware = Der.sequence(*key, curve, asked, Der.tagged(702, Der.integer(0)), Der.tagged(704, started))
            val versions = arrayOf(Der.integer(300), tee, Der.integer(300), tee)
            return Der.sequence(*versions, Der.octets(challenge), Der.octets(ByteArray(0)), software, hardware)
        }
    }
}

/** Keys of a phone by [maker]; by nobody that vouches for them if there is none. They are in software all the same. */
class VouchedKeys(
    private val maker: Maker?,
    private val keys: KeyStore = SoftwareKeyStore(),
) : KeyStore by keys {
    override fun capabilities() = KeyCaps(Level.TEE, PrfKind.HMAC, Biometrics.STRONG, Attestations.ANDROID_KEY)

    override fun create(
        alias: String,
        usage: KeyUsage,
        challenge: ByteArray?,
    ): CreatedKey {
        val made = keys.create(alias, usage, challenge)
        val vouches = maker ?: return made
        val asked = challenge ?: return made
        return CreatedKey(made.publicKey, vouches.chain(made.publicKey, usage, asked))
    }
}
