package eu.countersign.ui.gallery

import eu.countersign.core.BiometricsFlow
import eu.countersign.core.BiometricsState
import eu.countersign.core.Inbox
import eu.countersign.core.NoHandle
import eu.countersign.core.PinEntry
import eu.countersign.core.Request
import eu.countersign.core.ShownCode
import eu.countersign.core.SignInFlow
import eu.countersign.core.Silent
import java.time.Duration

/** What the servers had. */
class StudioInbox(
    private val waiting: List<Request>,
    private val mute: List<Silent>,
) : Inbox(NoHandle) {
    override fun requests() = waiting

    override fun silent() = mute.onEach { Seen.note(it) }
}

/** The eight digits of the design's pictures. */
class StudioCode : ShownCode(NoHandle) {
    override fun digits() = "89850940"

    override fun left(): Duration = Duration.ofSeconds(43)

    override fun hide() = Unit
}

/** Turning finger or face on, with the same answer always. */
class StudioBiometrics(
    private val answer: BiometricsState,
) : BiometricsFlow(NoHandle) {
    override fun submit(pin: PinEntry): BiometricsState = answer.also(Seen::note)

    override fun submitSignature(signature: ByteArray): BiometricsState = BiometricsState.On.also(Seen::note)

    override fun cancel() = Unit
}

/** A request that was claimed. */
class StudioSignIn(
    private val request: Request,
) : SignInFlow(NoHandle) {
    override fun request() = request
}
