package eu.countersign.ui.part

/** A ring of 3 dp, 2 dp away from the part, while it has the keyboard's focus (look.md 2). */
@Composable
fun Modifier.focusRing(
    interaction: MutableInteractionSource,
    radius: Dp = 12.dp,
): Modifier {
    val focused by interaction.collectIsFocusedAsState()
    val colour = LocalColours.current.focus
    if (!focused) return this
    return drawBehind {
        val away = 3.5.dp.toPx()
        drawRoundRect(
            colour,
            Offset(-away, -away),
            Size(size.width + 2 * away, size.height + 2 * away),
            CornerRadius(radius.toPx() + away),
            style = Stroke(3.dp.toPx()),
        )
    }
}
