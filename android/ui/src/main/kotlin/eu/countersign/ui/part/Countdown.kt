package eu.countersign.ui.part

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import eu.countersign.shell.Clock
import eu.countersign.shell.SystemClock
import eu.countersign.ui.theme.Icons
import eu.countersign.ui.theme.LocalColours
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.minutesAndSeconds
import eu.countersign.ui.words.spokenLeft
import kotlinx.coroutines.delay
import java.time.Duration

/** Time, for the screens. */
val LocalClock = staticCompositionLocalOf<Clock> { SystemClock }

/** What is left of [total], counted from [since] (by [Clock.elapsed]), in whole seconds; it counts down to zero. */
@Composable
fun secondsLeft(
    total: Duration,
    since: Long,
): Int {
    val clock = LocalClock.current
    val end = since + total.toMillis()
    var left by remember(end) { mutableIntStateOf(seconds(end - clock.elapsed())) }
    LaunchedEffect(end) {
        while (left > 0) {
            delay(untilNextSecond(end - clock.elapsed()))
            left = seconds(end - clock.elapsed())
        }
    }
    return left
}

private fun seconds(millis: Long): Int = ((millis + SECOND - 1) / SECOND).coerceAtLeast(0).toInt()

private fun untilNextSecond(left: Long): Long = (left % SECOND).let { if (it <= 0) SECOND else it }

/** "2:41", beside its sign; spoken at 60, 30 and 10 seconds. */
@Composable
fun TimeChip(seconds: Int) {
    val words = LocalWords.current
    Box(Modifier.semantics { contentDescription = words.spokenLeft(seconds) }) {
        Chip(minutesAndSeconds(seconds), Icons.timer, modifier = Modifier.clearAndSetSemantics {})
    }
    Announcement(seconds)
}

/** Says how much is left, politely, at 60, 30 and 10 seconds; silent else (look.md 4). */
@Composable
fun Announcement(seconds: Int) {
    val words = LocalWords.current
    val said =
        when (seconds) {
            in 31..60 -> words.time.say60
            in 11..30 -> words.time.say30
            in 1..10 -> words.time.say10
            0 -> words.time.ranOut
            else -> return
        }
    Box(
        Modifier.size(1.dp).semantics {
            liveRegion = LiveRegionMode.Polite
            contentDescription = said
        },
    )
}

/** A ring that shrinks; an image, since the words beside it carry the meaning. */
@Composable
fun Ring(
    seconds: Int,
    total: Int,
    size: Dp,
    warn: Boolean = false,
    inside: @Composable () -> Unit = {},
) {
    val colours = LocalColours.current
    val colour = if (warn) colours.warning.sign else colours.primary
    val share = if (total <= 0) 0f else seconds.coerceIn(0, total) / total.toFloat()
    Box(Modifier.size(size), Alignment.Center) {
        Canvas(Modifier.fillMaxSize()) {
            val wide = this.size.width * STROKE
            val inset = Offset(wide / 2, wide / 2)
            val area = Size(this.size.width - wide, this.size.height - wide)
            drawArc(colours.surface3, 0f, FULL, false, inset, area, style = Stroke(wide))
            drawArc(colour, TOP, FULL * share, false, inset, area, style = Stroke(wide, cap = StrokeCap.Round))
        }
        inside()
    }
}

private const val SECOND = 1000L
private const val STROKE = 0.07f
private const val FULL = 360f
private const val TOP = -90f
