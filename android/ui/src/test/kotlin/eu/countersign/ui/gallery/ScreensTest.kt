package eu.countersign.ui.gallery

import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.test.captureToImage
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory
import java.nio.file.Files
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals

/**
 * Draws every picture in every look and holds it to look.md 4: names, roles, sizes, order, contrast, nothing cut.
 * `cargo xtask screenshots` lets it draw all looks and write what it has drawn; else it takes the usual ones, and holds
 * the sheets in the repository to them.
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

    private fun slipsIn(look: Look): List<String> {
        val marks = Marks()
        val slips = gallery.flatMap { (group, pictures) -> slipsIn(group, pictures, look, marks) }
        sheets?.let { marks.write(it.resolve(look.name)) }
        return slips + marks.slipsAgainst((sheets ?: SHEETS).resolve(look.name))
    }

    private fun slipsIn(
        group: String,
        pictures: List<Picture>,
        look: Look,
        marks: Marks,
    ): List<String> {
        val sheet = ContactSheet()
        val slips =
            pictures.flatMap { picture ->
                shoot(picture, look) { screen, image ->
                    marks.add(group, picture.name, screen)
                    if (sheets != null) sheet.add(picture.name, image())
                }
            }
        sheets?.let { sheet.write(it.resolve(look.name).resolve("$group.png")) }
        return slips
    }

    private fun shoot(
        picture: Picture,
        look: Look,
        keep: (Screen, () -> ImageBitmap) -> Unit,
    ): List<String> {
        val slips = mutableListOf<String>()
        draw(picture, look) {
            val screen = screen()
            slips += controlSlips(screen) + orderSlips(screen) + textSlips(screen, look) + roomSlips(screen)
            slips += errorSlips(screen) + contrastSlips(screen)
            keep(screen) { captureToImage() }
        }
        return slips.map { "${picture.name}: $it" }
    }

    private companion object {
        /** Where sheets are wanted, if they are. */
        val sheets: Path? = System.getProperty("countersign.screens")?.takeIf { it.isNotEmpty() }?.let(Path::of)
    }
}
