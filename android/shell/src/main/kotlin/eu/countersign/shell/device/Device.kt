package eu.countersign.shell.device

import eu.countersign.core.Permissions

/** What only the device knows and only the device can do. `platform/` is one of Android's, `desktop/` one of a computer's. */
interface Device {
    /** How the phone calls itself, as servers list it. */
    val name: String

    /** What the person has allowed, as it is now; null where this device has no such thing. */
    fun permissions(): Permissions

    /** Whether a telephone call is going on (H2). */
    fun onCall(): Boolean

    /** Whether the screen has a lock: without one no keys are made. */
    fun hasScreenLock(): Boolean

    /** Opens the system's page for it. */
    fun open(page: SystemPage)

    /** Opens an address in the browser; false if there is none. */
    fun browse(address: String): Boolean

    /** What lies on the clipboard, asked for by "Paste the link" alone. */
    fun clipboard(): String?

    /** Tells the person at this moment (milliseconds of the epoch) that a PIN may be typed again. */
    fun remindAt(moment: Long)
}

/** Pages of the system that mend what the self-test finds. */
enum class SystemPage {
    NOTIFICATIONS,
    CAMERA,
    BATTERY,
    DATE_AND_TIME,
    SCREEN_LOCK,
    STORE,
}
