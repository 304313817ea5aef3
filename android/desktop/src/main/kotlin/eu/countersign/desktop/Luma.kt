package eu.countersign.desktop

import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import eu.countersign.core.FrameSize
import java.awt.Color
import java.awt.image.BufferedImage
import java.awt.image.DataBufferByte
import java.nio.ByteBuffer

/** The brightness of a picture, row by row, as a camera gives it; what is transparent is white. */
internal fun lumaOf(picture: BufferedImage): ByteBuffer {
    val grey = BufferedImage(picture.width, picture.height, BufferedImage.TYPE_BYTE_GRAY)
    val pen = grey.createGraphics()
    pen.color = Color.WHITE
    pen.fillRect(0, 0, grey.width, grey.height)
    pen.drawImage(picture, 0, 0, null)
    pen.dispose()
    val bytes = (grey.raster.dataBuffer as DataBufferByte).data
    return ByteBuffer.allocateDirect(bytes.size).put(bytes).flip()
}

/** Its size; rows without padding. */
internal fun sizeOf(picture: BufferedImage) = FrameSize(picture.width.toUInt(), picture.height.toUInt(), picture.width.toUInt())
