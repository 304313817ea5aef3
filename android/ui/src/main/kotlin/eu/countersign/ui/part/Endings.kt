package eu.countersign.ui.part

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.paneTitle
import androidx.compose.ui.semantics.semantics
import eu.countersign.ui.words.LocalWords

/** What something has come to: sign, title, one paragraph. */
class Ending(
    val icon: ImageVector,
    val mood: Mood,
    val title: String,
    val text: String,
    /** Parts of [text] in bold: names that came from outside. */
    val strong: List<String> = emptyList(),
)

/** A page that says what something has come to. It is spoken at once. */
@Composable
fun EndPage(
    ending: Ending,
    bar: Bar = Bar(),
    more: @Composable ColumnScope.() -> Unit = {},
    foot: @Composable ColumnScope.() -> Unit,
) {
    Page(bar, centred = true, foot = foot) {
        BigSign(ending.icon, ending.mood)
        Title(ending.title, Modifier.semantics { liveRegion = LiveRegionMode.Polite }, centred = true)
        Paragraph(ending.text, strong = ending.strong, centred = true)
        more()
    }
}

/** A page that has nothing to show yet. */
@Composable
fun WorkingPage(
    bar: Bar,
    text: String = LocalWords.current.common.working,
) {
    Page(bar, centred = true) {
        Paragraph(
            text,
            Modifier.semantics {
                heading()
                paneTitle = text
                liveRegion = LiveRegionMode.Polite
            },
            centred = true,
        )
    }
}
