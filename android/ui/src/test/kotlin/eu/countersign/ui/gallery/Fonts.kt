package eu.countersign.ui.gallery

import java.awt.Font
import java.nio.file.Files
import java.nio.file.Path

/**
 * The letters under pictures. The screens are drawn with the same font, as most phones have it: `fonts.conf` beside
 * these tests leaves no other one to choose, so that a picture is the same on every machine.
 */
internal fun roboto(size: Float): Font {
    check(Files.exists(ROBOTO)) { "Install the Debian package fonts-roboto-unhinted: pictures are drawn with it." }
    return Font.createFont(Font.TRUETYPE_FONT, ROBOTO.toFile()).deriveFont(size)
}

private val ROBOTO = Path.of("/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF/Roboto-Bold.ttf")
