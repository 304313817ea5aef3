package eu.countersign.ui.pin

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import eu.countersign.ui.part.Announcement
import eu.countersign.ui.part.Banner
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.Keypad
import eu.countersign.ui.part.Keys
import eu.countersign.ui.part.LocalClock
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Ring
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.secondsLeft
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalTimes
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.minutesAndSeconds
import java.time.Duration

/** A wait between two PINs: who guesses is slowed down, and the person is told until when. */
@Composable
fun PausePage(
    bar: Bar,
    retryIn: Duration,
    since: Long,
    left: UInt?,
    server: String,
    foot: @Composable ColumnScope.() -> Unit = {},
) {
    val seconds = secondsLeft(retryIn, since)
    if (retryIn >= LOCK) {
        LockedPage(bar, seconds, Wait(retryIn, since, left), server, foot)
    } else {
        ShortPause(bar, seconds, Wait(retryIn, since, left), foot)
    }
}

/** How long, from when on, and how many tries are left after it, if the server said it. */
internal class Wait(
    val retryIn: Duration,
    val since: Long,
    val left: UInt?,
) {
    val total: Int
        get() = retryIn.seconds.toInt()
}

@Composable
private fun ShortPause(
    bar: Bar,
    seconds: Int,
    wait: Wait,
    foot: @Composable ColumnScope.() -> Unit,
) {
    val words = LocalWords.current
    val left = wait.left
    Page(
        bar,
        foot = {
            Keypad(Keys({}, {}, {}), enabled = false, tight = true)
            foot()
        },
    ) {
        Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(12.dp), Alignment.CenterHorizontally) {
            Title(if (left == null) words.pin.pauseTitle else words.pin.triesLeft(left.toInt()), centred = true)
            Paragraph(if (left == null) words.pin.pauseTextOther else words.pin.pauseText, centred = true)
            PenaltyRing(seconds, wait.total, 112.dp, words.spoken.retryInSeconds(seconds))
            Hint(words.pin.pauseHint, centred = true)
        }
    }
}

@Composable
private fun LockedPage(
    bar: Bar,
    seconds: Int,
    wait: Wait,
    server: String,
    foot: @Composable ColumnScope.() -> Unit,
) {
    val words = LocalWords.current
    val clock = LocalClock.current
    val until = clock.now() + seconds * 1000L
    val time = LocalTimes.current.clock(until)
    val left = wait.left
    Page(bar, centred = true, foot = foot) {
        PenaltyRing(seconds, wait.total, 156.dp, words.spoken.lockedForMinutes((seconds + 59) / 60))
        Title(words.locked.title(time), centred = true)
        if (left == null) {
            Paragraph(words.locked.textUnknown, centred = true)
        } else {
            val tries = words.locked.tries(left.toInt())
            Paragraph(words.locked.text(tries, server), strong = listOf(tries), centred = true)
        }
        Banner(Mood.INFO, words.locked.unsureTitle, words.locked.unsureText)
    }
}

@Composable
private fun PenaltyRing(
    seconds: Int,
    total: Int,
    size: Dp,
    spoken: String,
) {
    Box(Modifier.clearAndSetSemantics { contentDescription = spoken }) {
        Ring(seconds, total, size, warn = true) { Text(minutesAndSeconds(seconds), style = Styles.title) }
    }
    Announcement(seconds)
}

/** From here on a wait is called a lock, and the clock time is said. */
private val LOCK = Duration.ofMinutes(2)
