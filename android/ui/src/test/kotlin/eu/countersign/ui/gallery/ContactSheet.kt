package eu.countersign.ui.gallery

import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.toAwtImage
import java.awt.Color as Paint
import java.awt.Font
import java.awt.RenderingHints
import java.awt.image.BufferedImage
import java.nio.file.Files
import java.nio.file.Path
import javax.imageio.ImageIO

/** Pictures side by side with their names below, of a size that a person looks at. */
class ContactSheet(
    private val columns: Int,
) {
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
        val rows = (cells.size + columns - 1) / columns
        val sheet = BufferedImage(columns * CELL_WIDE + GAP, rows * CELL_HIGH + GAP, BufferedImage.TYPE_INT_RGB)
        val pen = sheet.createGraphics()
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON)
        pen.color = GROUND
        pen.fillRect(0, 0, sheet.width, sheet.height)
        pen.font = Font(Font.SANS_SERIF, Font.BOLD, LETTERS)
        for ((place, cell) in cells.withIndex()) {
            val (x, y) = GAP + place % columns * CELL_WIDE to GAP + place / columns * CELL_HIGH
            pen.drawImage(cell.second, x, y + NAME, null)
            pen.color = INK
            pen.drawString(cell.first, x, y + LETTERS)
        }
        pen.dispose()
        Files.createDirectories(file.parent)
        ImageIO.write(sheet, "png", file.toFile())
    }

    private companion object {
        const val GAP = 24
        const val NAME = 24
        const val LETTERS = 15
        const val CELL_WIDE = WIDE + GAP
        const val CELL_HIGH = HIGH + NAME + GAP
        val GROUND = Paint(0xE4E3DC)
        val INK = Paint(0x17211F)
    }
}
