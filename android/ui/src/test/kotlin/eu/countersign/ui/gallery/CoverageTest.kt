package eu.countersign.ui.gallery

import androidx.compose.foundation.layout.size
import eu.countersign.core.AccountState
import eu.countersign.core.BiometricsState
import eu.countersign.core.ClaimState
import eu.countersign.core.Deed
import eu.countersign.core.MoveOutcome
import eu.countersign.core.MoveState
import eu.countersign.core.OfflineState
import eu.countersign.core.Outcome
import eu.countersign.core.PairingState
import eu.countersign.core.PinChangeState
import eu.countersign.core.PinOutcome
import eu.countersign.core.Settled
import eu.countersign.core.SignInState
import eu.countersign.core.Standing
import eu.countersign.core.Verdict
import eu.countersign.shell.Place
import eu.countersign.shell.problem.Advice
import eu.countersign.ui.settings.nameOf
import eu.countersign.ui.words.En
import kotlin.test.Test
import kotlin.test.assertEquals

/** No state of the core and no place of the app is without a picture. */
class CoverageTest {
    @Test
    fun `every state and every place has a picture`() {
        for (picture in gallery.values.flatten()) draw(picture, Look(En, dark = false, fontScale = 1f)) {}
        assertEquals(emptyList(), missing { it in Seen }, "these have no picture")
    }

    @Test
    fun `pictures have names of their own`() {
        val names = gallery.values.flatten().map { it.name }
        assertEquals(emptySet(), names.groupBy { it }.filterValues { it.size > 1 }.keys)
    }
}

/** Names of states and places that nobody has [seen]. */
internal fun missing(seen: (String) -> Boolean): List<String> =
    (SEALED.flatMap { it.permittedSubclasses.map(Seen::nameOf) } + ENUMS).filterNot(seen)

private val SEALED: List<Class<*>> =
    listOf(
        PairingState::class.java,
        SignInState::class.java,
        ClaimState::class.java,
        OfflineState::class.java,
        PinChangeState::class.java,
        BiometricsState::class.java,
        MoveState::class.java,
        MoveOutcome::class.java,
        PinOutcome::class.java,
        AccountState::class.java,
        Verdict::class.java,
        Place::class.java,
    )

private val ENUMS: List<String> =
    listOf(Standing.entries, Settled.entries, Deed.entries, Outcome.entries, Advice.entries)
        .flatten()
        .map { "${it.declaringJavaClass.simpleName}.${it.name}" }
