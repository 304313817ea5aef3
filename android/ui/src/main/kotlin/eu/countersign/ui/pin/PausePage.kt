package eu.countersign.ui.pin

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.traversalIndex
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.Announcement
import eu.countersign.ui.part.Banner
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.Keypad
import eu.countersign.ui.part.Keys
import eu.countersign.ui.part.LocalClock
import eu.countersign.ui.part.Mood
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Ring
import eu.countersign.ui.part.Text
import eu.countersign.ui.part.Title
import eu.countersign.ui.part.secondsLeft
import eu.countersign.ui.theme.Icons
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
    hint: String = LocalWords.current.pin.pauseHintNoSignIn,
    foot: @Composable ColumnScope.() -> Unit = {},
) {
    val seconds = secondsLeft(retryIn, since)
    if (retryIn >= LOCK) {
        LockedPage(bar, seconds, Wait(retryIn, since, left), server, foot)
    } else {
        ShortPause(bar, seconds, Wait(retryIn, since, left), hint, foot)
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
    hint: String,
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
            Hint(hint, centred = true)
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
    val until = remember(wait.since) { clock.now() + seconds * 1000L }
    val time = LocalTimes.current.clock(until)
    val left = wait.left
    var told by remember { mutableStateOf(false) }
    val remind = LocalReminder.current
    Page(
        bar,
        centred = true,
        foot = {
            ActionButton(
                if (told) words.locked.willTell(time) else words.locked.tellMe(time),
                ButtonKind.PRIMARY,
                icon = if (told) Icons.check else Icons.notifications,
                enabled = !told,
            ) {
                remind(until)
                told = true
            }
            CompositionLocalProvider(LocalLocked provides true) { foot() }
        },
    ) {
        Until(words.locked.title(time)) {
            PenaltyRing(seconds, wait.total, 156.dp, words.spoken.lockedForMinutes((seconds + 59) / 60))
        }
        if (left == null) {
            Paragraph(words.locked.textUnknown, centred = true)
        } else {
            val tries = words.locked.tries(left.toInt())
            Paragraph(words.locked.text(tries, server), strong = listOf(tries), centred = true)
        }
        Banner(Mood.INFO, words.locked.unsureTitle, words.locked.unsureText)
    }
}

/** The ring stands above the title and is read after it. */
@Composable
private fun Until(
    title: String,
    ring: @Composable () -> Unit,
) {
    Column(
        Modifier.fillMaxWidth().semantics { isTraversalGroup = true },
        Arrangement.spacedBy(16.dp),
        Alignment.CenterHorizontally,
    ) {
        ring()
        Title(
            title,
            Modifier.semantics {
                traversalIndex = -1f
                liveRegion = LiveRegionMode.Assertive
            },
            centred = true,
        )
    }
}

@Composable
private fun PenaltyRing(
    seconds: Int,
    total: Int,
    size: Dp,
    spoken: String,
) {
    // Ring and time grow together, so that one never runs into the other.
    val wide = size * LocalDensity.current.fontScale.coerceAtMost(WIDEST)
    val type = with(LocalDensity.current) { (wide * TIME).toSp() }
    Box(Modifier.clearAndSetSemantics { contentDescription = spoken }) {
        Ring(seconds, total, wide, warn = true) {
            Text(minutesAndSeconds(seconds), style = Styles.title.copy(fontSize = type, lineHeight = type))
        }
    }
    Announcement(seconds)
}

/** From here on a wait is called a lock, and the clock time is said. */
private val LOCK = Duration.ofMinutes(2)
private const val WIDEST = 1.5f
private const val TIME = 0.21f
