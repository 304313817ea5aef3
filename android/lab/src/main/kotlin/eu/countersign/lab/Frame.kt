package eu.countersign.lab

import eu.countersign.core.FrameSize
import java.awt.image.BufferedImage
import java.nio.ByteBuffer
import java.nio.file.Files
import javax.imageio.ImageIO

/** A luma plane as a camera hands it over: rows padded, the buffer outside of the JVM's heap. */
class Frame(
    val luma: ByteBuffer,
    val size: FrameSize,
)

/** What a camera sees of a screen that shows [text] as a QR code. */
fun frameOf(text: String): Frame {
    val picture = drawn(text)
    val stride = picture.width + PADDING
    val luma = ByteBuffer.allocateDirect(stride * picture.height)
    for (y in 0 until picture.height) {
        for (x in 0 until picture.width) luma.put(y * stride + x, picture.getRGB(x, y).toByte())
    }
    return Frame(luma, FrameSize(picture.width.toUInt(), picture.height.toUInt(), stride.toUInt()))
}

/** Drawn by the command line; black and white, so that the blue channel is the luma. */
private fun drawn(text: String): BufferedImage {
    val file = Files.createTempFile("countersign-qr", ".png")
    val draw = ProcessBuilder(System.getProperty("countersign.binary"), "qr", "write", text, "--out", "$file")
    check(draw.start().waitFor() == 0) { "no QR code was drawn" }
    return ImageIO.read(file.toFile()).also { Files.delete(file) }
}

private const val PADDING = 37
