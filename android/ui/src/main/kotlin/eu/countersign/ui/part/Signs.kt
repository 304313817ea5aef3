package eu.countersign.ui.part

/** An icon. It says nothing by itself: the word is beside it, or on what carries it. */
@Composable
fun Sign(
    icon: ImageVector,
    colour: Color = LocalContentColor.current,
    size: Dp = 24.dp,
) {
    val mirrored = icon.autoMirror && LocalLayoutDirection.current == LayoutDirection.Rtl
    Image(
        rememberVectorPainter(icon),
        contentDescription = null,
        Modifier.size(size).graphicsLayer { scaleX = if (mirrored) -1f else 1f },
        colorFilter = ColorFilter.tint(colour),
    )
}

/** What a big sign is about. */
enum class Mood { SUCCESS, WARNING, DANGER, INFO, NEUTRAL }

/** A sign in a soft circle, above a page's title. */
@Composable
fun BigSign(
    icon: ImageVector,
    mood: Mood,
) {
    val (ground, sign) =
        with(LocalColours.current) {
            when (mood) {
                Mood.SUCCESS -> success.ground to success.sign
                Mood.WARNING -> warning.ground to warning.sign
                Mood.DANGER -> danger.ground to danger.sign
                Mood.INFO -> primarySoft.ground to primary
                Mood.NEUTRAL -> surface2 to text2
            }
        }
    Box(Modifier.size(96.dp).clip(CircleShape).background(ground), Alignment.Center) { Sign(icon, sign, 56.dp) }
}

/** A button that is an icon alone, with its word spoken. */
@Composable
fun IconButton(
    icon: ImageVector,
    spoken: String,
    onClick: () -> Unit,
) {
    val interaction = remember { MutableInteractionSource() }
    Box(
        Modifier
            .size(48.dp)
            .focusRing(interaction, 24.dp)
            .clip(CircleShape)
            .clickable(interaction, null, role = Role.Button, onClick = onClick)
            .semantics { contentDescription = spoken },
        Alignment.Center,
    ) { Sign(icon) }
}
