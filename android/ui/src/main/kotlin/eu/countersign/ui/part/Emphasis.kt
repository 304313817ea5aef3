package eu.countersign.ui.part

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.text.AnnotatedString
import androidx.compose.ui.text.SpanStyle
import androidx.compose.ui.text.buildAnnotatedString
import androidx.compose.ui.text.font.FontWeight

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
