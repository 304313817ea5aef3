package eu.countersign.ui.settings

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import eu.countersign.shell.App
import eu.countersign.shell.device.Appearance
import eu.countersign.ui.part.ActionButton
import eu.countersign.ui.part.ButtonKind
import eu.countersign.ui.part.Card
import eu.countersign.ui.part.Hairline
import eu.countersign.ui.part.Sheet
import eu.countersign.ui.part.Title
import eu.countersign.ui.words.LANGUAGES
import eu.countersign.ui.words.LocalWords
import eu.countersign.ui.words.Words
import eu.countersign.ui.words.wordsOf

/** The language of the app: the phone's, or one of those there are, each by its own name. */
@Composable
internal fun LanguageSheet(
    app: App,
    onClose: () -> Unit,
) {
    val words = LocalWords.current.settings
    val choices by app.choices.collectAsState()
    ChoiceSheet(words.language, onClose) {
        OptionRow(words.languageSystem, choices.language == null) {
            app.choose(choices.copy(language = null))
            onClose()
        }
        for (language in LANGUAGES) {
            Hairline()
            OptionRow(language.settings.languageName, choices.language == language.tag) {
                app.choose(choices.copy(language = language.tag))
                onClose()
            }
        }
    }
}

/** Light, dark, or as the phone is. */
@Composable
internal fun AppearanceSheet(
    app: App,
    onClose: () -> Unit,
) {
    val words = LocalWords.current.settings
    val choices by app.choices.collectAsState()
    ChoiceSheet(words.appearance, onClose) {
        for ((place, appearance) in Appearance.entries.withIndex()) {
            if (place > 0) Hairline()
            OptionRow(nameOf(appearance, words), choices.appearance == appearance) {
                app.choose(choices.copy(appearance = appearance))
                onClose()
            }
        }
    }
}

internal fun nameOf(
    appearance: Appearance,
    words: Words.Settings,
): String =
    when (appearance) {
        Appearance.AS_THE_PHONE -> words.appearanceSystem
        Appearance.LIGHT -> words.appearanceLight
        Appearance.DARK -> words.appearanceDark
    }

internal fun nameOf(
    language: String?,
    words: Words.Settings,
): String = if (language == null) words.languageSystem else wordsOf(language).settings.languageName

@Composable
private fun ChoiceSheet(
    title: String,
    onClose: () -> Unit,
    options: @Composable ColumnScope.() -> Unit,
) {
    Sheet(onClose) {
        Title(title)
        Card(Modifier.selectableGroup(), options)
        ActionButton(LocalWords.current.common.close, ButtonKind.TEXT, onClick = onClose)
    }
}
