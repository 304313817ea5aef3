package eu.countersign.lab

import eu.countersign.core.Authenticator
import eu.countersign.core.Entry
import eu.countersign.core.KeyStore
import eu.countersign.core.PairingFlow
import eu.countersign.core.PairingState
import eu.countersign.core.PhoneInfo
import eu.countersign.core.PinEntry
import eu.countersign.core.Platform
import eu.countersign.core.Scanned
import eu.countersign.core.Setup
import eu.countersign.core.SignInFlow
import eu.countersign.shell.PinPad
import eu.countersign.shell.request.NumberField
import eu.countersign.software.SoftwareKeyStore
import java.nio.file.Files
import java.nio.file.Path

/** An installation of the app: the real core over a fresh folder and [keys]. */
class Phone(
    /** Its keys. */
    val keys: KeyStore = SoftwareKeyStore(),
    private val folder: Path = Files.createTempDirectory("countersign-phone"),
) : AutoCloseable {
    /** The core. */
    var core: Authenticator = open()
        private set

    /** The process dies and the app is opened again. */
    fun restart() {
        core.close()
        core = open()
    }

    /** Another installation with what this one has stored, and with its keys. */
    fun copy(): Phone {
        val other = Files.createTempDirectory("countersign-copy")
        core.close()
        folder.toFile().copyRecursively(other.toFile(), overwrite = true)
        core = open()
        return Phone(keys, other)
    }

    /** Opens a pairing link that was pasted. */
    fun pasted(link: String): PairingFlow =
        when (val scanned = core.openCode(link, Entry.PASTED)) {
            is Scanned.Pairing -> scanned.flow
            is Scanned.SignIn, is Scanned.Offline -> error("not a pairing")
        }

    /** Pairs, as a person does, with the code typed at [server]. */
    fun pair(
        server: Server,
        account: String,
        pin: String,
    ) {
        val enrolment = server.enrol(account)
        pasted(enrolment.link).use { flow ->
            // An account that looks like one that is here is asked about twice.
            while (flow.state() !is PairingState.ChoosePin) flow.accept()
            val shown = flow.choosePin(typed(pin), typed(pin))
            check(shown is PairingState.TypeCode) { "no code is shown" }
            server.confirm(enrolment, shown.code)
            check(flow.poll() is PairingState.Active) { "not paired" }
        }
    }

    /** The only request that waits. */
    fun onlyRequest(): SignInFlow = core.requests().use { inbox -> inbox.open(inbox.requests().single().place) }

    override fun close() {
        core.close()
        folder.toFile().deleteRecursively()
    }

    private fun open(): Authenticator {
        val info = PhoneInfo(name = "Pixel 9", os = "Android 17", app = "0.1.0")
        return Authenticator.open(Setup(folder.resolve("vault.db").toString(), Platform.ANDROID, info), keys)
    }
}

/** The keypad: one digit a touch. */
fun typed(digits: String): PinEntry {
    val entry = PinEntry()
    for (digit in digits) entry.push(digit.code.toUByte())
    return entry
}

/** The keypad of a screen. */
fun PinPad.type(digits: String) = digits.forEach { push(it.digitToInt()) }

/** The number field of a screen. */
fun NumberField.type(digits: String) = digits.forEach { push(it.digitToInt()) }
