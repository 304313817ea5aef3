package eu.countersign.ui.part

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.runtime.Composable
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp

/** The modules of a QR code, row by row, one byte each: dark is everything but zero. The quiet zone is not in it. */
class QrPicture(
    val size: Int,
    val dark: ByteArray,
) {
    internal fun isDark(
        column: Int,
        row: Int,
    ): Boolean = dark[row * size + column] != LIGHT

    private companion object {
        const val LIGHT: Byte = 0
    }
}

/** Makes the modules of a text; nothing if it does not fit into a code. The core knows how. */
val LocalQr = staticCompositionLocalOf<(String) -> QrPicture?> { { null } }

/** A QR code: dark on white by night too, with its quiet zone, and nothing upon it (look.md 3). */
@Composable
fun QrPanel(
    picture: QrPicture,
    spoken: String,
    modifier: Modifier = Modifier,
) {
    Canvas(
        modifier
            .fillMaxWidth()
            .widthIn(max = WIDEST)
            .aspectRatio(1f)
            .clip(SHAPE)
            .background(Color.White)
            .semantics { contentDescription = spoken },
    ) {
        val module = size.minDimension / (picture.size + 2 * QUIET)
        for (row in 0 until picture.size) drawRow(picture, row, module)
    }
}

/** Neighbours are drawn as one bar: no seam of background shows between them. */
private fun DrawScope.drawRow(
    picture: QrPicture,
    row: Int,
    module: Float,
) {
    var column = 0
    while (column < picture.size) {
        val start = column
        while (column < picture.size && picture.isDark(column, row)) column++
        if (column > start) {
            val corner = Offset((QUIET + start) * module, (QUIET + row) * module)
            drawRect(Color.Black, corner, Size((column - start) * module, module + SEAM))
        }
        column++
    }
}

private const val QUIET = 4
private const val SEAM = 0.5f
private val WIDEST = 404.dp
private val SHAPE = RoundedCornerShape(12.dp)
