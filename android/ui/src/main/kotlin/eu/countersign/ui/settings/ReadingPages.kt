package eu.countersign.ui.settings

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.paneTitle
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import eu.countersign.ui.part.Bar
import eu.countersign.ui.part.Hint
import eu.countersign.ui.part.Page
import eu.countersign.ui.part.Paragraph
import eu.countersign.ui.part.Section
import eu.countersign.ui.part.Text
import eu.countersign.ui.part.wayBack
import eu.countersign.ui.theme.Styles
import eu.countersign.ui.words.LocalWords

/** Short answers to what is asked most. */
@Composable
internal fun HelpPage(onClose: () -> Unit) {
    val words = LocalWords.current.help
    val paths = LocalWords.current.common
    Page(Bar(words.title, wayBack(onClose)), Modifier.semantics { paneTitle = words.title }) {
        Answer(words.pair, words.pairText(paths.pathAddPhone), paths.pathAddPhone)
        Answer(words.pin, words.pinText)
        Answer(words.lost, words.lostText(paths.pathPhones), paths.pathPhones)
        Answer(words.unknown, words.unknownText, paths.itWasntMe)
    }
}

@Composable
private fun Answer(
    question: String,
    answer: String,
    strong: String? = null,
) {
    Column(verticalArrangement = Arrangement.spacedBy(4.dp)) {
        Text(question, Modifier.semantics { heading() }, style = Styles.heading)
        Paragraph(answer, strong = listOfNotNull(strong))
    }
}

/** What the app does for people who see, hear or move differently. */
@Composable
internal fun AccessibilityPage(onClose: () -> Unit) {
    val words = LocalWords.current.accessibility
    Page(Bar(words.title, wayBack(onClose)), Modifier.semantics { paneTitle = words.title }) {
        Paragraph(words.text)
        Paragraph(words.otherWays)
    }
}

/** Version and licences. */
@Composable
internal fun AboutPage(onClose: () -> Unit) {
    val words = LocalWords.current
    val version = LocalAppVersion.current
    Page(Bar(words.about.title, wayBack(onClose)), Modifier.semantics { paneTitle = words.about.title }) {
        if (version != null) Hint(words.settings.version(version))
        Paragraph(words.about.text)
        Paragraph(words.about.licence)
        Section(words.about.parts)
        Paragraph(words.about.icons)
    }
}
