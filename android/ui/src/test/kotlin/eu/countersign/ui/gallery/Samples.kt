package eu.countersign.ui.gallery

import eu.countersign.core.Account
import eu.countersign.core.AccountState
import eu.countersign.core.Arrival
import eu.countersign.core.Browser
import eu.countersign.core.Decided
import eu.countersign.core.Deed
import eu.countersign.core.Label
import eu.countersign.core.Level
import eu.countersign.core.OfflineRequest
import eu.countersign.core.Outcome
import eu.countersign.core.Phone
import eu.countersign.core.Request
import eu.countersign.core.RequestKind
import eu.countersign.core.Terms
import eu.countersign.shell.request.NumberField
import eu.countersign.ui.account.used
import java.time.Duration
import eu.countersign.core.Row as SignedRow

/** The people and services of the design's pictures. */
object Samples {
    /** Sunday, 22 November 2026, 14:21 in Brussels. */
    const val NOW = 1_795_353_660_000L

    val anna = account(1, "Example ID", "https://id.example.eu", "anna.keller@example.eu", biometrics = true)
    val ministry = account(2, "Ministry of Education", "https://login.ministry.example", "a.keller@ministry.example")
    val city = account(3, "City of Rivermond", "https://id.rivermond.example", "parents@school.example")

    /** Sign-in to Grants Portal, from a browser in Brussels. */
    fun signIn(
        arrival: Arrival = Arrival.PUSH,
        left: Long = 161,
        biometrics: Boolean = false,
    ) = Request(
        place = 0u,
        tid = TID,
        account = anna,
        kind = RequestKind.LOGIN,
        arrival = arrival,
        client = "Grants Portal",
        origin = "https://grants.example.eu",
        browser = browser(if (arrival == Arrival.LINK) "Chrome" else "Firefox on Windows"),
        rows = emptyList(),
        terms = Terms(needsNumber = arrival == Arrival.PUSH, takesBiometrics = biometrics, left = Duration.ofSeconds(left)),
    )

    /** A payment with signed rows. */
    val payment =
        signIn(left = 125).copy(
            kind = RequestKind.SIGN,
            client = "Parent Portal",
            origin = "https://parents.example.eu",
            rows =
                listOf(
                    SignedRow("Payee", "Riverside Nursery"),
                    SignedRow("Amount", "EUR 120.00"),
                    SignedRow("For", "Meals, December 2026"),
                ),
        )

    val offline =
        OfflineRequest(
            tid = TID,
            account = anna,
            client = "Grants Portal",
            place = "Brussels, BE",
            user = "a***e",
            clockDiffers = false,
        )

    val phones =
        listOf(
            phone("1", "Pixel 9", "2026-11-22T13:21:00Z", here = true),
            phone("2", "Fairphone 5", "2026-11-03T08:00:00Z", here = false),
        )

    val decided =
        listOf(
            decided("Grants Portal", "K4TQ-92MD", Deed.APPROVED, 0),
            decided("Grants Portal", "M7RC-30XP", Deed.REPORTED, 5 * HOUR),
            decided("Parent Portal", "9XWA-TB41", Deed.APPROVED, 44 * HOUR),
            decided("Tax Online", "2HJ8-QP6E", Deed.CANCELLED, 45 * HOUR),
            decided("Tax Online", "C5NY-7KS0", Deed.OFFLINE_CODE, 45 * HOUR),
        )

    private fun account(
        id: Int,
        server: String,
        iss: String,
        name: String,
        biometrics: Boolean = false,
    ) = Account(id.toULong(), Label(iss, server, name, Level.STRONGBOX, biometrics), AccountState.Active)

    private fun browser(agent: String) = Browser("203.0.113.7", "Brussels, BE", agent, (NOW / 1000).toULong())

    private fun phone(
        reference: String,
        name: String,
        used: String,
        here: Boolean,
    ) = Phone(
        reference = reference,
        name = name,
        os = "Android 17",
        level = Level.STRONGBOX,
        locked = false,
        created = "2026-01-05T10:00:00Z",
        lastUsed = used,
        `this` = here,
    )

    private fun decided(
        client: String,
        code: String,
        deed: Deed,
        secondsAgo: Long,
    ) = Decided(
        account = anna.id,
        tid = TID,
        signInCode = code,
        client = client,
        deed = deed,
        outcome = if (deed == Deed.OFFLINE_CODE) Outcome.NONE else Outcome.CONFIRMED,
        at = (NOW / 1000 - secondsAgo).toULong(),
    )

    /** Name of the sign-in. */
    const val TID = "AAAAAAAAAAAAAAAAAAAAAA"
    private const val HOUR = 3600L
}

/** The account, in another state. */
fun Account.inState(state: AccountState): Account = copy(state = state)

/** Six digits, as the number page shows them. */
internal fun NumberField.type() = repeat(NumberField.LENGTH) { push((it + 4) % 10) }
