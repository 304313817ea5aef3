package eu.countersign.ui.gallery

import eu.countersign.ui.words.En
import kotlin.test.Test
import kotlin.test.assertNull

/** The order that look.md 4 writes down for the screens that matter most. */
class ReadingOrderTest {
    @Test
    fun accounts() =
        read(
            "home-several",
            En.accounts.title,
            En.common.history,
            En.common.settings,
            En.spoken.waitingRequest("Grants Portal", "Example ID", En.time.spokenLeft(2, 41)),
            "Example ID, anna.keller@example.eu",
            "Ministry of Education, a.keller@ministry.example",
            En.accounts.scan,
            En.accounts.add,
        )

    @Test
    fun request() =
        read(
            "request",
            En.common.close,
            En.time.spokenLeft(2, 41),
            "Example ID",
            "Sign in to Grants Portal?",
            En.request.website,
            En.request.place,
            En.request.browser,
            En.request.time,
            "Number shown in your browser, 6 digits, 0 typed",
            En.request.numberHint,
            En.common.approve,
            En.common.cancel,
            En.common.itWasntMe,
        )

    @Test
    fun `a PIN`() =
        read(
            "request-pin",
            En.common.back,
            En.time.spokenLeft(2, 12),
            "Enter your PIN",
            "4 digits typed",
            En.pin.useFingerprint,
            "1",
            "9",
            En.spoken.deleteLastDigit,
            "0",
            En.common.ok,
            En.pin.forgot,
        )

    @Test
    fun `a PIN that was wrong`() = read("request-wrong-pin", "Enter your PIN", En.pin.notRightLeft(4), "0 digits typed", "1")

    @Test
    fun `the code of a pairing`() =
        read(
            "pairing-type-code",
            En.pairCode.title,
            "4 8 3, 9 2 0",
            En.time.spokenLeft(3, 58),
            En.pairCode.text("Pixel 9"),
            En.pairCode.cancel,
        )

    @Test
    fun `the code without network`() =
        read("offline-code", En.offline.codeTitle, "8 9 8 5, 0 9 4 0", En.time.spokenSecondsLeft(43), En.offline.hide)

    @Test
    fun locked() =
        read(
            "request-locked",
            En.common.back,
            En.locked.title("14:25"),
            En.spoken.lockedForMinutes(5),
            En.locked.text(En.locked.tries(1), "Example ID"),
            En.locked.tellMe("14:25"),
            En.locked.forgot,
        )

    private fun read(
        name: String,
        vararg labels: String,
    ) {
        val picture = gallery.values.flatten().first { it.name == name }
        draw(picture, Look(En, dark = false, fontScale = 1f)) { assertNull(isReadInOrder(screen(), labels.toList())) }
    }
}
