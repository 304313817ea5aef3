package eu.countersign.platform.device

import android.content.Context
import eu.countersign.shell.device.Appearance
import eu.countersign.shell.device.ChoiceStore
import eu.countersign.shell.device.Choices

/** Choices in the app's own preferences. What cannot be read is as nobody has chosen. */
class KeptChoices(
    context: Context,
) : ChoiceStore {
    private val kept = context.getSharedPreferences("choices", Context.MODE_PRIVATE)

    override fun load(): Choices {
        val unchanged = Choices()
        return Choices(
            language = kept.getString(LANGUAGE, unchanged.language),
            appearance = Appearance.entries.find { it.name == kept.getString(APPEARANCE, null) } ?: unchanged.appearance,
            warnOfCalls = kept.getBoolean(WARN_OF_CALLS, unchanged.warnOfCalls),
            askedForNotifications = kept.getBoolean(ASKED, unchanged.askedForNotifications),
        )
    }

    override fun save(choices: Choices) {
        kept
            .edit()
            .putString(LANGUAGE, choices.language)
            .putString(APPEARANCE, choices.appearance.name)
            .putBoolean(WARN_OF_CALLS, choices.warnOfCalls)
            .putBoolean(ASKED, choices.askedForNotifications)
            .apply()
    }

    private companion object {
        const val LANGUAGE = "language"
        const val APPEARANCE = "appearance"
        const val WARN_OF_CALLS = "warn-of-calls"
        const val ASKED = "asked-for-notifications"
    }
}
