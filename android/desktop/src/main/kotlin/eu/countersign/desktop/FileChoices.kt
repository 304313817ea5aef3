package eu.countersign.desktop

import eu.countersign.shell.device.Appearance
import eu.countersign.shell.device.ChoiceStore
import eu.countersign.shell.device.Choices
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.util.Properties

/** Choices in a properties file. One that cannot be read is as good as none. */
internal class FileChoices(
    private val file: Path,
) : ChoiceStore {
    override fun load(): Choices {
        val kept = Properties()
        try {
            if (Files.exists(file)) Files.newBufferedReader(file).use(kept::load)
        } catch (_: IOException) {
            return Choices()
        } catch (_: IllegalArgumentException) {
            return Choices()
        }
        return Choices(
            language = kept.getProperty(LANGUAGE),
            appearance = Appearance.entries.firstOrNull { it.name == kept.getProperty(APPEARANCE) } ?: Appearance.AS_THE_PHONE,
            warnOfCalls = kept.getProperty(CALLS) != "false",
            askedForNotifications = kept.getProperty(ASKED) == "true",
        )
    }

    override fun save(choices: Choices) {
        val kept = Properties()
        choices.language?.let { kept[LANGUAGE] = it }
        kept[APPEARANCE] = choices.appearance.name
        kept[CALLS] = choices.warnOfCalls.toString()
        kept[ASKED] = choices.askedForNotifications.toString()
        try {
            Files.newBufferedWriter(file).use { kept.store(it, null) }
        } catch (_: IOException) {
            // A choice that is lost is made again.
        }
    }

    private companion object {
        const val LANGUAGE = "language"
        const val APPEARANCE = "appearance"
        const val CALLS = "warn-of-calls"
        const val ASKED = "asked-for-notifications"
    }
}
