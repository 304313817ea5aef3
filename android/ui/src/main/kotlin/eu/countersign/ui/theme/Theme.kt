package eu.countersign.ui.theme

import androidx.compose.material3.ColorScheme
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider

/** Fixed colours and type: no dynamic colour, because contrast and identity are fixed (look.md 2). */
@Composable
fun CountersignTheme(
    dark: Boolean,
    content: @Composable () -> Unit,
) {
    val colours = if (dark) DarkColours else LightColours
    CompositionLocalProvider(LocalColours provides colours) {
        MaterialTheme(colorScheme = scheme(colours, dark)) {
            CompositionLocalProvider(LocalContentColor provides colours.text, content = content)
        }
    }
}

private fun scheme(
    colours: Colours,
    dark: Boolean,
): ColorScheme =
    (if (dark) darkColorScheme() else lightColorScheme()).copy(
        background = colours.bg,
        onBackground = colours.text,
        surface = colours.bg,
        onSurface = colours.text,
        onSurfaceVariant = colours.text2,
        surfaceContainerLowest = colours.surface,
        surfaceContainerLow = colours.surface,
        surfaceContainer = colours.surface2,
        surfaceContainerHighest = colours.surface3,
        outline = colours.outline,
        outlineVariant = colours.line,
        primary = colours.primary,
        onPrimary = colours.onPrimary,
        primaryContainer = colours.primarySoft.ground,
        onPrimaryContainer = colours.primarySoft.text,
        secondary = colours.primary,
        secondaryContainer = colours.surface2,
        onSecondaryContainer = colours.text,
        tertiary = colours.info.sign,
        tertiaryContainer = colours.info.ground,
        onTertiaryContainer = colours.info.text,
        error = colours.danger.sign,
        onError = colours.onDanger,
        errorContainer = colours.danger.ground,
        onErrorContainer = colours.danger.text,
    )
