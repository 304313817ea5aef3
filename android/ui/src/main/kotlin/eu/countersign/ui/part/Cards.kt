package eu.countersign.ui.part

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.SpanStyle
import androidx.compose.ui.text.buildAnnotatedString
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.withStyle
import androidx.compose.ui.unit.dp
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles

/** A card that groups: a hairline, no shadow. */
@Composable
fun Card(
    modifier: Modifier = Modifier,
    content: @Composable ColumnScope.() -> Unit,
) {
    val colours = LocalColours.current
    Column(
        modifier
            .fillMaxWidth()
            .clip(SHAPE)
            .background(colours.surface)
            .border(1.dp, colours.line, SHAPE),
        content = content,
    )
}

/** Between two rows of a card. */
@Composable
fun Hairline() {
    Box(Modifier.fillMaxWidth().height(1.dp).background(LocalColours.current.line))
}

/** A heading above a card. */
@Composable
fun Section(title: String) {
    Text(
        title,
        Modifier.padding(start = 4.dp, top = 4.dp).semantics { heading() },
        LocalColours.current.text2,
        style = Styles.smallBold,
    )
}

/** One fact of a card. */
class Fact(
    val label: String,
    val value: String,
    /** A second, quieter part of the value. */
    val note: String? = null,
    /** Part of what is signed: bold. */
    val signed: Boolean = false,
)

/** Facts, in two columns; in one from 150 % type on. Text that came from outside wraps and never ends in dots. */
@Composable
fun Facts(facts: List<Fact>) {
    Column(Modifier.padding(horizontal = 16.dp, vertical = 14.dp), Arrangement.spacedBy(9.dp)) {
        for ((place, fact) in facts.withIndex()) {
            if (place > 0 && facts[place - 1].signed && !fact.signed) Hairline()
            FactRow(fact)
        }
    }
}

@Composable
private fun FactRow(fact: Fact) {
    val colours = LocalColours.current
    val value =
        buildAnnotatedString {
            val weight = if (fact.signed) FontWeight.SemiBold else FontWeight.Medium
            withStyle(SpanStyle(colours.text, fontWeight = weight)) { append(fact.value) }
            if (fact.note != null) withStyle(SpanStyle(colours.text2)) { append(" " + fact.note) }
        }
    val modifier = Modifier.fillMaxWidth().semantics(mergeDescendants = true) {}
    if (isLargeType()) {
        Column(modifier) {
            Text(fact.label, color = colours.text2, style = Styles.small)
            Text(value, style = Styles.body)
        }
    } else {
        Row(modifier, Arrangement.spacedBy(12.dp)) {
            Text(fact.label, Modifier.width(88.dp), colours.text2, style = Styles.row)
            Text(value, Modifier.weight(1f), style = Styles.row)
        }
    }
}

private val SHAPE = RoundedCornerShape(16.dp)
