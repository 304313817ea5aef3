package eu.countersign.ui.part

/** Six cells, three and three, always from left to right. One field for a screen reader. */
@Composable
fun Cells(
    digits: String,
    spoken: String,
    wrong: Boolean = false,
    current: Boolean = true,
    onClick: () -> Unit,
) {
    val interaction = remember { MutableInteractionSource() }
    CompositionLocalProvider(LocalLayoutDirection provides LayoutDirection.Ltr) {
        Row(
            Modifier
                .fillMaxWidth()
                .focusRing(interaction)
                .clickable(interaction, null, onClick = onClick)
                .clearAndSetSemantics {
                    contentDescription = spoken
                    role = Role.Button
                    onClick {
                        onClick()
                        true
                    }
                },
            Arrangement.spacedBy(6.dp, Alignment.CenterHorizontally),
        ) {
            repeat(COUNT) { place ->
                if (place == COUNT / 2) Spacer(Modifier.width(6.dp))
                Cell(digits.getOrNull(place), wrong, current && place == digits.length, Modifier.weight(1f, fill = false))
            }
        }
    }
}

@Composable
private fun Cell(
    digit: Char?,
    wrong: Boolean,
    current: Boolean,
    modifier: Modifier,
) {
    val colours = LocalColours.current
    val border = if (wrong) colours.danger.sign else if (current) colours.primary else colours.outline
    Box(
        modifier
            .width(48.dp)
            .height(56.dp)
            .clip(SHAPE)
            .background(colours.surface)
            .border(if (current) 3.dp else 2.dp, border, SHAPE),
        Alignment.Center,
    ) {
        if (digit != null) Text("$digit", style = cellType(), color = colours.text)
        if (current) Box(Modifier.width(2.dp).height(28.dp).background(colours.primary))
    }
}

/** Cells keep their size, so their digits do. */
@Composable
private fun cellType(): TextStyle =
    with(LocalDensity.current) {
        Styles.digits.copy(fontSize = 28.dp.toSp(), lineHeight = 32.dp.toSp(), fontWeight = FontWeight.SemiBold)
    }

private const val COUNT = 6
private val SHAPE = RoundedCornerShape(10.dp)
