package eu.countersign.ui.gallery

import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.text.TextLayoutResult
import androidx.compose.ui.text.style.TextOverflow
import eu.countersign.ui.part.brokenWord

/** What is wrong with the texts of a screen: cut, broken, beside the window, or out of reach. */
fun textSlips(
    screen: Screen,
    look: Look,
): List<String> =
    screen.drawn.flatMap { node ->
        val layout = node.textLayout()
        if (layout == null) emptyList() else slipsOf(node, layout, look)
    }

private fun slipsOf(
    node: SemanticsNode,
    layout: TextLayoutResult,
    look: Look,
): List<String> {
    val text = "\"${layout.layoutInput.text}\""
    val (left, top) = node.positionInRoot
    val beside = left < 0 || left + node.size.width > WIDE
    val outside = top < 0 || top + node.size.height > HIGH
    return listOfNotNull(
        "$text is cut".takeIf { layout.isCut && !mayShorten(layout, look) },
        "$text stands beside the window".takeIf { beside },
        "$text cannot be scrolled to".takeIf { outside && !node.scrolls },
        layout.brokenWord()?.let { "\"$it\" is broken in its middle" },
    )
}

/**
 * Whether a letter is missing or stands outside. `hasVisualOverflow` does not tell: what is centred is laid out in all
 * the room there is, and then takes less of it.
 */
private val TextLayoutResult.isCut: Boolean
    get() {
        if (layoutInput.text.isEmpty()) return false
        val lines = 0 until lineCount
        val wide = lines.any { isLineEllipsized(it) || getLineRight(it) - getLineLeft(it) > size.width + ROUNDING }
        return wide || getLineBottom(lines.last) > size.height + ROUNDING
    }

private const val ROUNDING = 1

/** A bar keeps to one line by shortening its title, from the type on that needs it. */
private fun mayShorten(
    layout: TextLayoutResult,
    look: Look,
): Boolean = layout.layoutInput.overflow == TextOverflow.Ellipsis && look.fontScale > 1f

private val SemanticsNode.scrolls: Boolean
    get() = andAbove().any { SemanticsProperties.VerticalScrollAxisRange in it.config }

/** What went wrong is seen as it comes up, without a search for it: errors are said at once, and so shown. */
fun errorSlips(screen: Screen): List<String> =
    screen.drawn
        .filter { it.config.getOrNull(SemanticsProperties.LiveRegion) == LiveRegionMode.Assertive && it.scrolls }
        .filter { it.boundsInRoot.height < it.size.height - ROUNDING }
        .map { "\"${(listOf(it) + it.children).last().label}\" has to be scrolled to" }

/** A body that scrolls needs room to be read in. */
fun roomSlips(screen: Screen): List<String> =
    screen.drawn
        .filter { SemanticsProperties.VerticalScrollAxisRange in it.config && it.size.height < ROOM }
        .map { "its body is ${it.size.height} high" }

private const val ROOM = 160
