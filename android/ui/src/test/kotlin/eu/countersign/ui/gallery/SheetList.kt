package eu.countersign.ui.gallery

import java.nio.file.Path

/** Where the sheets lie in the repository. */
internal val SHEETS: Path = Path.of("../../docs/screens/android")

/** What stands beside the sheets: which there are, and what is on each. */
fun sheetList(): String =
    buildString {
        append(HEAD)
        for (look in LOOKS) appendLine("* `${look.name}/`")
        append(MIDDLE)
        for ((group, pictures) in gallery) appendLine("* `$group.png`: ${pictures.joinToString { it.name }}")
    }

private val HEAD =
    """
    |# The screens of the phone app
    |
    |Every screen in every state, drawn on a computer from the real view models over a scripted core; no phone was
    |involved. `cargo xtask screenshots` writes sheets and list anew, and fails for a state that has no picture.
    |The camera's picture is left out. `drawn.txt` in each folder tells the tests whether its sheets are current.
    |
    |One folder for each look (language, day or night, size of type in per cent, mirrored):
    |
    |
    """.trimMargin()

private val MIDDLE =
    """
    |
    |In each of them, with its pictures from left to right and from top to bottom:
    |
    |
    """.trimMargin()
