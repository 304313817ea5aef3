package eu.countersign.ui.gallery

import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.width
import androidx.compose.ui.semantics.SemanticsNode
import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest

/**
 * What the sheets of one look show, in a line for each sheet that lies beside them: so a change that nobody has drawn
 * is found without their being drawn anew. It is taken over what was drawn and not over sources, because most changes
 * of those change no picture; and over texts, places, sizes and colours and not over pixels, because two processors
 * may round a pixel differently.
 */
class Marks {
    private val sheets = sortedMapOf<String, MessageDigest>()

    /** Notes a picture of the sheet [group]. */
    fun add(
        group: String,
        name: String,
        screen: Screen,
    ) {
        val sheet = sheets.getOrPut(group) { MessageDigest.getInstance("SHA-256") }
        sheet.update((listOf(name) + screen.drawn.map(::seen)).joinToString("\n").toByteArray())
    }

    /** Writes them beside the sheets in [folder]. */
    fun write(folder: Path) {
        Files.write(folder.resolve(FILE), lines())
    }

    /** Which sheets in [folder] show something else than what was drawn. */
    fun slipsAgainst(folder: Path): List<String> {
        val kept =
            folder
                .resolve(FILE)
                .takeIf(Files::exists)
                ?.let(Files::readAllLines)
                .orEmpty()
                .toSet()
        return lines().filterNot { it in kept }.map { "${it.substringBefore(' ')} is out of date: run `cargo xtask screenshots`" }
    }

    private fun lines(): List<String> = sheets.map { (group, mark) -> "$group.png ${mark.copy().digest().toHexString().take(LETTERS)}" }

    /** Digests can be asked once only; a copy is asked, so that lines can be had again. */
    private fun MessageDigest.copy(): MessageDigest = clone() as MessageDigest

    private companion object {
        const val FILE = "drawn.txt"
        const val LETTERS = 16
    }
}

/** One part of a screen: where it lies, what it says, and in which size and colours. */
private fun seen(node: SemanticsNode): String {
    val layout = node.textLayout()?.layoutInput
    val text = layout?.let { "${it.text.text} ${it.style.fontSize} ${it.style.fontWeight} ${inksOf(it)}" }
    return "${node.positionInRoot} ${node.size} ${node.label} ${text.orEmpty()}"
}
