package eu.countersign.ui.part

/** A short state in a rounded field. */
@Composable
fun Chip(
    text: String,
    icon: ImageVector?,
    mood: Mood = Mood.NEUTRAL,
    modifier: Modifier = Modifier,
) {
    val (ground, ink) =
        with(LocalColours.current) {
            when (mood) {
                Mood.SUCCESS -> success.ground to success.text
                Mood.WARNING -> warning.ground to warning.text
                Mood.DANGER -> danger.ground to danger.text
                Mood.INFO -> primarySoft.ground to primarySoft.text
                Mood.NEUTRAL -> surface2 to text2
            }
        }
    Row(
        modifier
            .clip(CircleShape)
            .background(ground)
            .padding(horizontal = 10.dp, vertical = 3.dp)
            .semantics(mergeDescendants = true) {},
        Arrangement.spacedBy(6.dp),
        Alignment.CenterVertically,
    ) {
        if (icon != null) Sign(icon, ink, 16.dp)
        Text(text, color = ink, style = Styles.chip)
    }
}
