package eu.countersign.lab

import eu.countersign.core.Permissions
import eu.countersign.core.SignatureRequest
import eu.countersign.shell.Surroundings
import eu.countersign.shell.device.Device
import eu.countersign.shell.device.Prompt
import eu.countersign.shell.device.SystemPage
import kotlinx.coroutines.CoroutineScope

/** A device whose state a test sets. */
class LabDevice : Device {
    override val name = "Pixel 9"

    /** Whether a telephone call is going on. */
    var call = false

    /** Whether its screen has a lock. */
    var lock = true

    /** What lies on the clipboard. */
    var copied: String? = null

    /** Pages that were opened. */
    val opened = mutableListOf<SystemPage>()

    override fun permissions() = Permissions(notifications = true, camera = true, background = true)

    override fun onCall() = call

    override fun hasScreenLock() = lock

    override fun open(page: SystemPage) {
        opened += page
    }

    /** Addresses that a browser was asked to open. */
    val browsed = mutableListOf<String>()

    override fun browse(address: String) = browsed.add(address)

    override fun clipboard() = copied

    override fun remindAt(moment: Long) = Unit
}

/** A sensor: [answers] come one after the other, null for the right finger; then only right fingers follow. */
class LabPrompt(
    private val sign: (SignatureRequest) -> ByteArray,
    private vararg val answers: Prompt.Answer?,
) : Prompt {
    private var asked = 0

    override suspend fun sign(
        request: SignatureRequest,
        title: String,
        usePin: String,
    ): Prompt.Answer = answers.getOrNull(asked++) ?: Prompt.Answer.Signed(sign(request))
}

/** What models stand on in a test. */
fun around(
    scope: CoroutineScope,
    device: Device = LabDevice(),
    prompt: Prompt = LabPrompt({ error("no finger was expected") }),
) = Surroundings(scope, device, prompt)
