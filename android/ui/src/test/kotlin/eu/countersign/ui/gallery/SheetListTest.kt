package eu.countersign.ui.gallery

import java.nio.file.Files
import kotlin.test.Test
import kotlin.test.assertEquals

/** The sheets that lie in the repository show the pictures that there are. */
class SheetListTest {
    @Test
    fun `the list of sheets is current`() {
        assertEquals(sheetList(), Files.readString(SHEETS.resolve("README.md")), "run `cargo xtask screenshots`")
    }

    @Test
    fun `every sheet is there`() {
        val sheets = LOOKS.flatMap { look -> gallery.keys.map { SHEETS.resolve(look.name).resolve("$it.png") } }
        assertEquals(emptyList(), sheets.filterNot(Files::exists), "run `cargo xtask screenshots`")
    }
}
