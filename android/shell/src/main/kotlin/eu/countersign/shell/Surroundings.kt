package eu.countersign.shell

import eu.countersign.shell.device.Device
import eu.countersign.shell.device.Prompt
import kotlinx.coroutines.CoroutineScope

/** What every view model stands on. */
class Surroundings(
    /** Where steps run on: the main thread, as long as the app lives. A step outlives the screen that took it. */
    val scope: CoroutineScope,
    /** The device. */
    val device: Device,
    /** Its question for finger or face. */
    val prompt: Prompt,
    /** The way to the core. */
    val offMain: OffMain = OffMain(),
    /** Time. */
    val clock: Clock = SystemClock,
)
