package eu.countersign.ui.settings

import androidx.compose.runtime.staticCompositionLocalOf

/** The version of the app, as its package says it; nothing where there is no package. */
val LocalAppVersion = staticCompositionLocalOf<String?> { null }
