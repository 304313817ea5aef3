package eu.countersign.shell.device

import eu.countersign.core.FrameSize
import java.nio.ByteBuffer

/** The camera, while the scanner is on screen. */
interface Camera {
    /** Frames go to [each] on a thread of the camera's: a direct buffer that starts at its first byte, valid during the call. */
    fun start(each: (luma: ByteBuffer, size: FrameSize) -> Unit)

    /** The light beside the lens. */
    fun torch(on: Boolean)

    /** Ends it; no call of `each` follows. */
    fun stop()
}
