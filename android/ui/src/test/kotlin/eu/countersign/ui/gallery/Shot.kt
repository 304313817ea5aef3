package eu.countersign.ui.gallery

import androidx.compose.foundation.layout.Box
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.test.SkikoComposeUiTest
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.LayoutDirection
import eu.countersign.shell.device.Appearance
import eu.countersign.shell.device.Choices
import eu.countersign.ui.AppScreen
import eu.countersign.ui.words.Words
import kotlin.coroutines.EmptyCoroutineContext

/** How a picture is taken. */
data class Look(
    val words: Words,
    val dark: Boolean,
    val fontScale: Float,
    val rtl: Boolean = false,
)

/** A phone of 360 by 740 dp. */
const val WIDE = 360
const val HIGH = 740

/** Draws [picture] and hands the drawn screen over. */
fun draw(
    picture: Picture,
    look: Look,
    use: SkikoComposeUiTest.() -> Unit,
) {
    val density = Density(SCALE, look.fontScale)
    val test =
        SkikoComposeUiTest((WIDE * SCALE).toInt(), (HIGH * SCALE).toInt(), EmptyCoroutineContext, density)
    test.runTest {
        mainClock.autoAdvance = false
        val app = picture.app()
        app.choose(choices(look))
        setContent {
            val direction = if (look.rtl) LayoutDirection.Rtl else LayoutDirection.Ltr
            CompositionLocalProvider(LocalLayoutDirection provides direction) {
                AppScreen(app, look.words.tag) { _, _, modifier -> Box(modifier) }
            }
        }
        mainClock.advanceTimeBy(SETTLED)
        picture.hand(this)
        mainClock.advanceTimeBy(SETTLED)
        use()
    }
}

private fun choices(look: Look) =
    Choices(language = look.words.tag, appearance = if (look.dark) Appearance.DARK else Appearance.LIGHT)

private const val SCALE = 1f
private const val SETTLED = 50L
