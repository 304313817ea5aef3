package eu.countersign.ui.gallery

import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.toAwtImage
import java.awt.RenderingHints
import java.awt.image.BufferedImage
import java.awt.image.DataBuffer
import java.awt.image.IndexColorModel
import java.io.OutputStream
import java.nio.file.Files
import java.nio.file.Path
import javax.imageio.IIOImage
import javax.imageio.ImageIO
import javax.imageio.ImageWriteParam
import javax.imageio.stream.MemoryCacheImageOutputStream
import java.awt.Color as Paint

/** Pictures side by side with their names above, of a size that a person looks at and a repository carries. */
class ContactSheet {
    private val cells = mutableListOf<Pair<String, BufferedImage>>()

    /** The next picture. */
    fun add(
        name: String,
        picture: ImageBitmap,
    ) {
        cells += name to picture.toAwtImage()
    }

    /** Writes the sheet as a PNG. */
    fun write(file: Path) {
        Files.createDirectories(file.parent)
        Files.newOutputStream(file).use { writeSmall(fewColours(drawn()), it) }
    }

    private fun drawn(): BufferedImage {
        val rows = (cells.size + COLUMNS - 1) / COLUMNS
        val sheet = BufferedImage(COLUMNS * CELL_WIDE + GAP, rows * CELL_HIGH + GAP, BufferedImage.TYPE_INT_RGB)
        val pen = sheet.createGraphics()
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON)
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC)
        pen.color = GROUND
        pen.fillRect(0, 0, sheet.width, sheet.height)
        pen.font = roboto(LETTERS)
        for ((place, cell) in cells.withIndex()) {
            val (x, y) = GAP + place % COLUMNS * CELL_WIDE to GAP + place / COLUMNS * CELL_HIGH
            pen.drawImage(cell.second, x, y + NAME, SMALL_WIDE, SMALL_HIGH, null)
            pen.color = INK
            pen.drawString(cell.first, x, y + LETTERS.toInt())
        }
        pen.dispose()
        return sheet
    }

    private companion object {
        const val COLUMNS = 8
        const val GAP = 20
        const val NAME = 20
        const val LETTERS = 13f
        const val SMALL_WIDE = WIDE * 3 / 5
        const val SMALL_HIGH = HIGH * 3 / 5
        const val CELL_WIDE = SMALL_WIDE + GAP
        const val CELL_HIGH = SMALL_HIGH + NAME + GAP
        val GROUND = Paint(0xE4E3DC)
        val INK = Paint(0x17211F)
    }
}

/** As a PNG, packed as tightly as can be. */
private fun writeSmall(
    picture: BufferedImage,
    out: OutputStream,
) {
    val writer = ImageIO.getImageWritersByFormatName("png").next()
    val tight = writer.defaultWriteParam
    tight.compressionMode = ImageWriteParam.MODE_EXPLICIT
    tight.compressionQuality = 0f
    MemoryCacheImageOutputStream(out).use {
        writer.output = it
        writer.write(null, IIOImage(picture, null, null), tight)
    }
    writer.dispose()
}

/** The picture with the colours that it uses most, none of them like another; every other one becomes its nearest. */
private fun fewColours(picture: BufferedImage): BufferedImage {
    val pixels = picture.getRGB(0, 0, picture.width, picture.height, null, 0, picture.width)
    val palette = paletteOf(pixels.toList().groupingBy { it }.eachCount())
    val nearest = mutableMapOf<Int, Int>()
    val indexed = BufferedImage(picture.width, picture.height, BufferedImage.TYPE_BYTE_INDEXED, modelOf(palette))
    val places =
        IntArray(pixels.size) { at ->
            nearest.getOrPut(pixels[at]) { palette.indices.minBy { distance(palette[it], pixels[at]) } }
        }
    indexed.raster.setPixels(0, 0, picture.width, picture.height, places)
    return indexed
}

private fun paletteOf(counts: Map<Int, Int>): List<Int> {
    val palette = mutableListOf<Int>()
    for ((colour, _) in counts.entries.sortedByDescending { it.value }) {
        if (palette.size < COLOURS && palette.none { distance(it, colour) < ALIKE }) palette += colour
    }
    return palette
}

private fun modelOf(palette: List<Int>): IndexColorModel =
    IndexColorModel(Byte.SIZE_BITS, palette.size, palette.toIntArray(), 0, false, -1, DataBuffer.TYPE_BYTE)

private fun distance(
    one: Int,
    other: Int,
): Int = listOf(0, 8, 16).sumOf { shift -> ((one shr shift and 0xFF) - (other shr shift and 0xFF)).let { it * it } }

private const val COLOURS = 96

/** Square of a distance at which an eye still sees two colours. */
private const val ALIKE = 400
