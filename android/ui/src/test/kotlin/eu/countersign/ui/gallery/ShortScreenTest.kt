package eu.countersign.ui.gallery

import eu.countersign.ui.words.LANGUAGES
import kotlin.test.Test
import kotlin.test.assertEquals

/** On a phone of 360 by 640 dp what went wrong with a number or a PIN is still seen without a search. */
class ShortScreenTest {
    @Test
    fun `an error is seen as it comes up`() =
        assertEquals(
            emptyList(),
            LANGUAGES.flatMap { words ->
                PICTURES.flatMap { slipsIn(it, Look(words, dark = false, fontScale = 1f)) }
            },
        )

    private fun slipsIn(
        name: String,
        look: Look,
    ): List<String> {
        val slips = mutableListOf<String>()
        draw(gallery.values.flatten().single { it.name == name }, look, SHORT) { slips += errorSlips(screen()) }
        return slips.map { "$name, ${look.name}: $it" }
    }

    private companion object {
        const val SHORT = 640
        val PICTURES =
            listOf(
                "request-wrong-number",
                "request-number-missing",
                "request-wrong-pin",
                "request-half-a-pin",
                "change-pin-wrong",
                "move-code-wrong",
            )
    }
}
