package eu.countersign.platform.camera

import android.media.Image
import eu.countersign.core.FrameSize
import java.nio.ByteBuffer

/** Gives the luma plane away for the time of the call, without a copy. */
internal fun hand(
    image: Image,
    each: (luma: ByteBuffer, size: FrameSize) -> Unit,
) {
    val luma = image.planes.first()
    // The core reads from the buffer's first byte, wherever its position is: a slice begins at both.
    each(luma.buffer.slice(), FrameSize(image.width.toUInt(), image.height.toUInt(), luma.rowStride.toUInt()))
}
