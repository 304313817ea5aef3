package eu.countersign.ui.words

/** Clock times and days in the words in use. */
val LocalTimes = staticCompositionLocalOf { Times(En) }
