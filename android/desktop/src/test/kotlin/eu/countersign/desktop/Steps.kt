package eu.countersign.desktop

import eu.countersign.core.KeyStore
import eu.countersign.core.SignatureRequest
import eu.countersign.lab.Server
import eu.countersign.shell.device.Prompt
import eu.countersign.ui.words.En
import kotlinx.coroutines.CompletableDeferred

/** Opens the sign-in that waits, as far as its PIN. */
internal fun Hand.opensForPin(signIn: Server.SignIn) {
    taps("Sign-in to ${Server.SERVICE}")
    typesNumber(signIn.number)
    taps(En.common.approve)
    sees(En.spoken.digitsTyped(0))
}

/** Opens the sign-in that waits and approves it. */
internal fun Hand.approves(
    signIn: Server.SignIn,
    pin: String,
) {
    opensForPin(signIn)
    entersPin(pin)
    sees(En.approved.title)
}

/** Turns the fingerprint on for the only account, from the page of accounts. */
internal fun Hand.turnsOnFingerprint(pin: String) {
    taps("Example ID")
    taps(En.account.fingerprint)
    taps(En.fingerprint.use)
    entersPin(pin)
}

/** Opens the change of the PIN of the only account, from the page of accounts. */
internal fun Hand.opensPinChange() {
    taps("Example ID")
    taps(En.account.changePin)
    sees(En.changePin.presentTitle)
}

/** A sensor that no finger has touched yet after the [free] first questions. */
internal class UntouchedPrompt(
    private val keys: KeyStore,
    private var free: Int,
) : Prompt {
    /** How often a finger was asked for. */
    var asked = 0
        private set

    /** The finger comes. */
    val touched = CompletableDeferred<Unit>()

    override suspend fun sign(
        request: SignatureRequest,
        title: String,
        usePin: String,
    ): Prompt.Answer {
        asked++
        if (free-- <= 0) touched.await()
        return Prompt.Answer.Signed(keys.answer(request))
    }
}
