package eu.countersign.ui.part

/** A dot for each digit, and no empty places: the length is known nowhere. */
@Composable
fun Dots(
    typed: Int,
    wrong: Boolean = false,
) {
    val words = LocalWords.current
    val colours = LocalColours.current
    val line = if (wrong) colours.danger.sign else colours.outline
    Row(
        Modifier
            .heightIn(min = 44.dp)
            .widthIn(min = 200.dp)
            .drawBehind {
                val wide = 2.dp.toPx()
                drawLine(line, Offset(0f, size.height - wide), Offset(size.width, size.height - wide), wide)
            }.padding(horizontal = 20.dp)
            .clearAndSetSemantics {
                contentDescription = words.spoken.digitsTyped(typed)
                liveRegion = LiveRegionMode.Polite
            },
        Arrangement.spacedBy(if (typed > MANY) 8.dp else 18.dp, Alignment.CenterHorizontally),
        Alignment.CenterVertically,
    ) {
        if (typed == 0) Text(words.pin.your, color = colours.text2, style = Styles.body)
        repeat(typed) { Box(Modifier.size(14.dp).clip(CircleShape).background(colours.text)) }
    }
}

private const val MANY = 8
