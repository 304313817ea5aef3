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
import eu.countersign.ui.words.En
import eu.countersign.ui.words.LANGUAGES
import eu.countersign.ui.words.Words
import kotlin.coroutines.EmptyCoroutineContext

/** How a picture is taken. */
data class Look(
    val words: Words,
    val dark: Boolean,
    val fontScale: Float,
    val rtl: Boolean = false,
) {
    /** Such as `fr-dark-200`. */
    val name: String
        get() {
            val direction = if (rtl) "-rtl" else ""
            return "${words.tag}$direction-${if (dark) "dark" else "light"}-${(fontScale * PERCENT).toInt()}"
        }

    private companion object {
        const val PERCENT = 100
    }
}

/** All that a picture is taken in: each language by day and night, at the usual type and twice that; and mirrored. */
val LOOKS: List<Look> =
    LANGUAGES.flatMap { words ->
        listOf(false, true).flatMap { dark -> listOf(1f, 2f).map { Look(words, dark, it) } }
    } + Look(En, dark = false, fontScale = 1f, rtl = true)

/** What every run looks at: both themes, both languages, both sizes and the mirror, each at least once. */
val USUAL_LOOKS: List<Look> =
    LOOKS.filter { it.name in setOf("en-light-100", "en-dark-100", "fr-light-200", "en-rtl-light-100") }

/** A phone of 360 by 740 dp. */
const val WIDE = 360
const val HIGH = 740

/** Draws [picture] and hands the drawn screen over. */
fun draw(
    picture: Picture,
    look: Look,
    high: Int = HIGH,
    use: SkikoComposeUiTest.() -> Unit,
) {
    val density = Density(SCALE, look.fontScale)
    val test =
        SkikoComposeUiTest((WIDE * SCALE).toInt(), (high * SCALE).toInt(), EmptyCoroutineContext, density)
    test.runTest {
        mainClock.autoAdvance = false
        val app = picture.app()
        app.choose(choices(look))
        setContent {
            val direction = if (look.rtl) LayoutDirection.Rtl else LayoutDirection.Ltr
            CompositionLocalProvider(LocalLayoutDirection provides direction) {
                AppScreen(app, look.words.tag, VERSION) { _, _, modifier -> Box(modifier) }
            }
        }
        mainClock.advanceTimeBy(SETTLED)
        Hand(this, look.words, app).apply(picture.hand)
        mainClock.advanceTimeBy(SCROLLED)
        app.way.places.value
            .forEach(Seen::note)
        use()
    }
}

private fun choices(look: Look) = Choices(language = look.words.tag, appearance = if (look.dark) Appearance.DARK else Appearance.LIGHT)

private const val VERSION = "1.0.0"
private const val SCALE = 1f

/** By then a screen has come to where it scrolls by itself. */
private const val SCROLLED = 800L
