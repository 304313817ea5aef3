package eu.countersign.ui.home

/** A page and a phone that show the same number: decoration, so nothing is said of it. */
@Composable
internal fun WelcomePicture() {
    val colours = LocalColours.current
    Box(Modifier.width(260.dp).height(180.dp).clearAndSetSemantics {}) {
        Box(
            Modifier
                .width(190.dp)
                .height(140.dp)
                .clip(RoundedCornerShape(8.dp))
                .background(colours.surface)
                .border(2.dp, colours.outline, RoundedCornerShape(8.dp)),
            Alignment.Center,
        ) { Number(24.dp) }
        Column(
            Modifier
                .align(Alignment.BottomEnd)
                .width(88.dp)
                .height(138.dp)
                .clip(RoundedCornerShape(14.dp))
                .background(colours.surface)
                .border(5.dp, colours.primary, RoundedCornerShape(14.dp)),
            Arrangement.spacedBy(10.dp, Alignment.CenterVertically),
            Alignment.CenterHorizontally,
        ) {
            Number(13.dp)
            Box(Modifier.size(44.dp).clip(CircleShape).background(colours.primarySoft.ground), Alignment.Center) {
                Sign(Icons.check, colours.primary, 32.dp)
            }
        }
    }
}

@Composable
private fun Number(size: Dp) {
    val type = with(LocalDensity.current) { size.toSp() }
    Text("483 920", style = Styles.number.copy(fontSize = type, lineHeight = type), color = LocalColours.current.text)
}
