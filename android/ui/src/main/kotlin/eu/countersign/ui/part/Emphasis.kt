package eu.countersign.ui.part

/** [text] with each of [strong] in bold, once, where it stands. */
fun emphasised(
    text: String,
    strong: List<String>,
    colour: Color,
): AnnotatedString =
    buildAnnotatedString {
        append(text)
        for (part in strong) {
            val start = text.indexOf(part)
            if (start >= 0 && part.isNotEmpty()) {
                addStyle(SpanStyle(colour, fontWeight = FontWeight.SemiBold), start, start + part.length)
            }
        }
    }
