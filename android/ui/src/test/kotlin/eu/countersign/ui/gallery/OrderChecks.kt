package eu.countersign.ui.gallery

import androidx.compose.foundation.layout.size
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties

/** What is wrong with the way through a screen: where it begins, and that its question comes before its answers. */
fun orderSlips(screen: Screen): List<String> {
    val titles = screen.spoken.filter { SemanticsProperties.PaneTitle in it.config }
    val headings = screen.spoken.filter { SemanticsProperties.Heading in it.config || it in titles }
    val answers = screen.spoken.filter { it.isControl && !it.isInBar }
    val late = answers.firstOrNull { answer -> headings.none { screen.spoken.indexOf(it) < screen.spoken.indexOf(answer) } }
    return listOfNotNull(
        "it has ${titles.size} titles: ${titles.map { it.label }}".takeIf { titles.size != 1 },
        late?.let { "\"${it.label}\" is read before any heading" },
    )
}

/** Whether [labels] come in this order; others may come between them. */
fun isReadInOrder(
    screen: Screen,
    labels: List<String>,
): String? {
    var rest = screen.spoken.map { it.label }
    for (label in labels) {
        val at = rest.indexOfFirst { it.startsWith(label) }
        if (at < 0) return "\"$label\" does not come where it should, in ${screen.spoken.map { it.label }}"
        rest = rest.drop(at + 1)
    }
    return null
}

/** The way back and what else stands in the bar comes before the title, as look.md 4 has it. */
private val SemanticsNode.isInBar: Boolean
    get() = positionInRoot.y < BAR

private const val BAR = 56f
