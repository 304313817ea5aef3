package eu.countersign.ui.part

/** A remark that stands out: sign, bold sentence, one line, an edge at the start. */
@Composable
fun Banner(
    mood: Mood,
    title: String,
    text: String? = null,
    strong: List<String> = emptyList(),
) {
    val soft = soft(mood)
    val edge = soft.sign
    val rtl = LocalLayoutDirection.current == LayoutDirection.Rtl
    Row(
        Modifier
            .fillMaxWidth()
            .clip(RoundedCornerShape(12.dp))
            .background(soft.ground)
            .drawBehind {
                val wide = 4.dp.toPx()
                drawRect(edge, Offset(if (rtl) size.width - wide else 0f, 0f), Size(wide, size.height))
            }.padding(start = 20.dp, end = 16.dp, top = 14.dp, bottom = 14.dp)
            .semantics(mergeDescendants = true) {},
        Arrangement.spacedBy(12.dp),
    ) {
        Sign(signOf(mood), soft.text)
        Column(verticalArrangement = Arrangement.spacedBy(2.dp)) {
            Text(title, color = soft.text, style = Styles.bold)
            if (text != null) Text(emphasised(text, strong, soft.text), color = soft.text, style = Styles.body)
        }
    }
}

@Composable
private fun soft(mood: Mood): Colours.Soft =
    with(LocalColours.current) {
        when (mood) {
            Mood.SUCCESS -> success
            Mood.WARNING -> warning
            Mood.DANGER -> danger
            Mood.INFO -> info
            Mood.NEUTRAL -> Colours.Soft(text2, surface2, this.text)
        }
    }

private fun signOf(mood: Mood): ImageVector =
    when (mood) {
        Mood.SUCCESS -> Icons.checkCircle
        Mood.WARNING -> Icons.warning
        Mood.DANGER -> Icons.error
        Mood.INFO, Mood.NEUTRAL -> Icons.info
    }

/** What is wrong, under the field that it is about; said once, at once. */
@Composable
fun ErrorLine(text: String) {
    val danger = LocalColours.current.danger.sign
    Row(
        Modifier.semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Assertive },
        Arrangement.spacedBy(8.dp),
    ) {
        Sign(Icons.error, danger, 20.dp)
        Text(text, color = danger, style = Styles.bold)
    }
}
