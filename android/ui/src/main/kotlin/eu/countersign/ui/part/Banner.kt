package eu.countersign.ui.part

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.relocation.BringIntoViewRequester
import androidx.compose.foundation.relocation.bringIntoViewRequester
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.runtime.withFrameNanos
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.draw.drawBehind
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.LayoutDirection
import androidx.compose.ui.unit.dp
import eu.countersign.ui.theme.Colours
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles

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

/** What is wrong, under the field that it is about; said once, at once, and scrolled to where a screen is short. */
@Composable
fun ErrorLine(
    text: String,
    modifier: Modifier = Modifier,
) {
    val danger = LocalColours.current.danger.sign
    val place = remember { BringIntoViewRequester() }
    LaunchedEffect(text) {
        withFrameNanos {} // Before, it stands nowhere.
        place.bringIntoView()
    }
    Row(
        modifier
            .bringIntoViewRequester(place)
            .semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Assertive },
        Arrangement.spacedBy(8.dp),
    ) {
        Sign(Icons.error, danger, 20.dp)
        Text(text, color = danger, style = Styles.bold)
    }
}
