package eu.countersign.shell.device

/** What the person has chosen about the app. No secret, nothing about an account. */
data class Choices(
    /** Language tag, or null for the phone's own. */
    val language: String? = null,
    /** Light, dark, or as the phone is. */
    val appearance: Appearance = Appearance.AS_THE_PHONE,
    /** Whether a request during a telephone call is preceded by a warning (H2). */
    val warnOfCalls: Boolean = true,
    /** Whether the person was asked about notifications. */
    val askedForNotifications: Boolean = false,
)

/** Light or dark. */
enum class Appearance { AS_THE_PHONE, LIGHT, DARK }

/** Where choices are kept. */
interface ChoiceStore {
    /** What was kept last, or what nobody has changed. */
    fun load(): Choices

    /** Keeps them. */
    fun save(choices: Choices)
}
