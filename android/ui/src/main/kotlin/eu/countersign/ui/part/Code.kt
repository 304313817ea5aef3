package eu.countersign.ui.part

/** A code to type elsewhere, in two groups, always from left to right; spoken digit by digit. */
@Composable
fun CodeDisplay(digits: String) {
    val half = digits.length / 2
    val spoken = digits.take(half).toList().joinToString(" ") + ", " + digits.drop(half).toList().joinToString(" ")
    CompositionLocalProvider(LocalLayoutDirection provides LayoutDirection.Ltr) {
        FlowRow(
            Modifier.fillMaxWidth().clearAndSetSemantics { contentDescription = spoken },
            Arrangement.spacedBy(18.dp, Alignment.CenterHorizontally),
        ) {
            Text(digits.take(half), style = Styles.number, color = LocalColours.current.text)
            Text(digits.drop(half), style = Styles.number, color = LocalColours.current.text)
        }
    }
}
