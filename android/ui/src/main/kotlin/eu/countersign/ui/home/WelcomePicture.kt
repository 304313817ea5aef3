package eu.countersign.ui.home

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import eu.countersign.ui.part.Sign
import eu.countersign.ui.part.Text
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles

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
