package eu.countersign.ui.pin

import androidx.compose.runtime.staticCompositionLocalOf

/** Tells the person at a moment, in milliseconds since 1970, that a PIN may be typed again. */
val LocalReminder = staticCompositionLocalOf<(Long) -> Unit> { {} }

/** Whether the page says that the phone is locked for a while: the way round is an answer of its own there. */
internal val LocalLocked = staticCompositionLocalOf { false }
