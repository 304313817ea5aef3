package eu.countersign.ui.words

import androidx.compose.runtime.staticCompositionLocalOf

/** Clock times and days in the words in use. */
val LocalTimes = staticCompositionLocalOf { Times(En) }
