package eu.countersign.ui.words

import androidx.compose.runtime.staticCompositionLocalOf

/** The words in use. */
val LocalWords = staticCompositionLocalOf<Words> { En }

/** Words by language tag; English where there are none. */
fun wordsOf(tag: String): Words = LANGUAGES.firstOrNull { it.tag == tag.substringBefore('-').lowercase() } ?: En

/** Languages that a person can choose, by their own names. */
val LANGUAGES: List<Words> = listOf(En, Fr)
