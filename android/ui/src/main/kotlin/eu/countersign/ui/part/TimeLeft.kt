package eu.countersign.ui.part

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.unit.dp
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.minutesAndSeconds
import eu.countersign.ui.words.spokenLeft

/** A ring with "3:36 left" beside it. */
@Composable
fun TimeLeft(
    seconds: Int,
    total: Int,
) {
    val words = LocalWords.current
    Row(
        Modifier.fillMaxWidth().clearAndSetSemantics { contentDescription = words.spokenLeft(seconds) },
        Arrangement.spacedBy(12.dp, Alignment.CenterHorizontally),
        Alignment.CenterVertically,
    ) {
        Ring(seconds, total, 32.dp)
        Text(words.time.left(minutesAndSeconds(seconds)), color = LocalColours.current.text2, style = Styles.digits)
    }
    Announcement(seconds)
}
