package eu.countersign.ui.gallery

import androidx.compose.ui.test.captureToImage
import eu.countersign.ui.account.used
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory
import java.nio.file.Files
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals

/**
 * Draws every picture in every look and holds it to look.md 4: names, roles, sizes, order, contrast, nothing cut.
 * `cargo xtask screenshots` lets it draw all looks and write what it has drawn; else it takes the usual ones.
 */
class ScreensTest {
    @TestFactory
    fun `every screen can be read and used`(): List<DynamicTest> =
        (
            if (sheets ==
                null
            ) {
                USUAL_LOOKS
            } else {
                LOOKS
            }
        ).map { look -> DynamicTest.dynamicTest(look.name) { assertEquals("", slipsIn(look).joinToString("\n")) } }

    @Test
    fun `the list of what was drawn stands beside it`() {
        val list = sheets?.resolve("README.md") ?: return
        Files.createDirectories(list.parent)
        Files.writeString(list, sheetList())
        assertEquals(sheetList(), Files.readString(list))
    }

    private fun slipsIn(look: Look): List<String> =
        gallery.flatMap { (group, pictures) ->
            val sheet = ContactSheet()
            val slips = pictures.flatMap { picture -> slipsIn(picture, look, sheet) }
            sheets?.let { sheet.write(it.resolve(look.name).resolve("$group.png")) }
            slips
        }

    private fun slipsIn(
        picture: Picture,
        look: Look,
        sheet: ContactSheet,
    ): List<String> {
        val slips = mutableListOf<String>()
        draw(picture, look) {
            val screen = screen()
            slips += controlSlips(screen) + orderSlips(screen) + textSlips(screen, look) + roomSlips(screen)
            slips += contrastSlips(screen)
            if (sheets != null) sheet.add(picture.name, captureToImage())
        }
        return slips.map { "${picture.name}: $it" }
    }

    private companion object {
        /** Where sheets are wanted, if they are. */
        val sheets: Path? = System.getProperty("countersign.screens")?.takeIf { it.isNotEmpty() }?.let(Path::of)
    }
}
