package eu.countersign.ui.gallery

import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.ui.graphics.PixelMap
import androidx.compose.ui.graphics.toPixelMap
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.SkikoComposeUiTest
import androidx.compose.ui.test.captureToImage
import androidx.compose.ui.test.onRoot
import androidx.compose.ui.text.TextLayoutResult

/** A drawn screen, as the checks look at it. */
class Screen(
    /** What a screen reader walks over, in its order. */
    val spoken: List<SemanticsNode>,
    /** Each part that was drawn, what a sheet covers left out. */
    val drawn: List<SemanticsNode>,
    /** Its pixels. */
    val pixels: PixelMap,
)

/** Looks at what is drawn. */
fun SkikoComposeUiTest.screen(): Screen =
    Screen(
        inOrder(onRoot().fetchSemanticsNode()),
        uncovered(onRoot(useUnmergedTree = true).fetchSemanticsNode()),
        captureToImage().toPixelMap(),
    )

/** [node] and all below it as they are read: what has an index of its own comes before or after its neighbours. */
private fun inOrder(node: SemanticsNode): List<SemanticsNode> = listOf(node) + unitsOf(node).sortedBy { it.index }.flatMap { it.nodes }

/** Parts of a group that stay together. */
private class ReadUnit(
    val index: Float,
    val nodes: List<SemanticsNode>,
)

private fun unitsOf(node: SemanticsNode): List<ReadUnit> =
    node.children.flatMap { child ->
        val index = child.config.getOrNull(SemanticsProperties.TraversalIndex) ?: 0f
        val isGroup = child.config.getOrNull(SemanticsProperties.IsTraversalGroup) == true
        if (isGroup) listOf(ReadUnit(index, inOrder(child))) else listOf(ReadUnit(index, listOf(child))) + unitsOf(child)
    }

/** A page under a sheet is silent and dimmed: it is not what is to be read. */
private fun uncovered(node: SemanticsNode): List<SemanticsNode> {
    val covered = node.config.isClearingSemantics && node.parent != null && node.size.height >= HIGH && node.size.width >= WIDE
    return if (covered) emptyList() else listOf(node) + node.children.flatMap(::uncovered)
}

/** What a screen reader says of it. */
val SemanticsNode.label: String
    get() {
        val description = config.getOrNull(SemanticsProperties.ContentDescription)
        val text = config.getOrNull(SemanticsProperties.Text)?.map { it.text }
        val pane = config.getOrNull(SemanticsProperties.PaneTitle)
        return (description ?: text ?: listOfNotNull(pane)).joinToString()
    }

/** Whether a person can do something with it. */
val SemanticsNode.isControl: Boolean
    get() = SemanticsActions.OnClick in config || SemanticsActions.SetText in config

/** How its text was laid out, if it is a text. */
fun SemanticsNode.textLayout(): TextLayoutResult? {
    val results = mutableListOf<TextLayoutResult>()
    config.getOrNull(SemanticsActions.GetTextLayoutResult)?.action?.invoke(results)
    return results.singleOrNull()
}

/** It, and what it lies in. */
fun SemanticsNode.andAbove(): Sequence<SemanticsNode> = generateSequence(this) { it.parent }
