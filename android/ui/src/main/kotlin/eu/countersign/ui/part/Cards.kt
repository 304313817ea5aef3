package eu.countersign.ui.part

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
        for (fact in facts) FactRow(fact)
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
