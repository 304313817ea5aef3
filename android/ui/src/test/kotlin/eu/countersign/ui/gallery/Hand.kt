package eu.countersign.ui.gallery

import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.SkikoComposeUiTest
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.performSemanticsAction
import eu.countersign.ui.words.LANGUAGES
import eu.countersign.ui.words.Words

/** Touches what has these words, in whichever language the screen speaks and however far down it stands. */
fun SkikoComposeUiTest.touch(words: (Words) -> String) {
    onNode(LANGUAGES.map { says(words(it)) }.reduce(SemanticsMatcher::or))
        .performSemanticsAction(SemanticsActions.OnClick)
    mainClock.advanceTimeBy(SETTLED)
}

private fun says(words: String): SemanticsMatcher = hasText(words) or hasContentDescription(words)

private const val SETTLED = 500L
