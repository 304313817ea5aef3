package eu.countersign.ui.gallery

import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.width
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.PixelMap
import androidx.compose.ui.graphics.isSpecified
import androidx.compose.ui.graphics.luminance
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.text.TextLayoutInput
import androidx.compose.ui.text.TextLayoutResult
import kotlin.math.max
import kotlin.math.min

/** Texts that are too pale for their ground, as drawn (WCAG 1.4.3). What cannot be used just now may be pale. */
fun contrastSlips(screen: Screen): List<String> =
    screen.drawn.flatMap { node ->
        val layout = if (node.isAsleep) null else node.textLayout()
        val ground = if (layout == null) null else groundOf(screen.pixels, node.boundsInRoot)
        if (layout == null || ground == null) emptyList() else palenessOf(layout, ground)
    }

private fun palenessOf(
    layout: TextLayoutResult,
    ground: Color,
): List<String> {
    val needed = if (layout.layoutInput.style.fontSize.value >= LARGE) 3f else 4.5f
    return inksOf(layout.layoutInput)
        .map { it to ratio(it, ground) }
        .filter { (_, ratio) -> ratio < needed }
        .map { (ink, ratio) -> "\"${layout.layoutInput.text}\" has $ratio of $needed: $ink on $ground" }
}

/** The colours of its letters. */
internal fun inksOf(text: TextLayoutInput): Set<Color> {
    val spans = text.text.spanStyles.map { it.item.color }
    return (spans + text.style.color).filter { it.isSpecified }.toSet()
}

/** The colour that most of the pixels behind a text have. */
private fun groundOf(
    pixels: PixelMap,
    bounds: Rect,
): Color? {
    val (left, top) = max(0, bounds.left.toInt()) to max(0, bounds.top.toInt())
    val (right, bottom) = min(pixels.width, bounds.right.toInt()) to min(pixels.height, bounds.bottom.toInt())
    val counts = mutableMapOf<Int, Int>()
    for (y in top until bottom) for (x in left until right) counts.merge(pixels.buffer[y * pixels.stride + x], 1, Int::plus)
    return counts.maxByOrNull { it.value }?.let { Color(it.key) }
}

/** The contrast of two colours. */
fun ratio(
    one: Color,
    other: Color,
): Float {
    val (a, b) = one.luminance() to other.luminance()
    return (max(a, b) + SHIFT) / (min(a, b) + SHIFT)
}

private val SemanticsNode.isAsleep: Boolean
    get() = andAbove().any { SemanticsProperties.Disabled in it.config }

private const val LARGE = 24f
private const val SHIFT = 0.05f
