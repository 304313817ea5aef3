package eu.countersign.desktop

import androidx.compose.foundation.clickable
import androidx.compose.foundation.draganddrop.dragAndDropTarget
import androidx.compose.foundation.layout.Box
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.ExperimentalComposeUiApi
import androidx.compose.ui.Modifier
import androidx.compose.ui.draganddrop.DragAndDropEvent
import androidx.compose.ui.draganddrop.DragAndDropTarget
import androidx.compose.ui.draganddrop.DragData
import androidx.compose.ui.draganddrop.dragData
import androidx.compose.ui.graphics.Color
import eu.countersign.shell.scan.ScanModel
import eu.countersign.ui.words.LocalWords
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.awt.FileDialog
import java.awt.Frame
import java.io.File
import java.io.IOException
import java.net.URI
import javax.imageio.ImageIO

/** In the place of a camera: a picture of the QR code, dropped here or chosen by a click. */
@Composable
internal fun PictureFinder(
    scan: ScanModel,
    modifier: Modifier,
) {
    val words = LocalWords.current.scanner
    var missed by remember { mutableStateOf(false) }
    val scope = rememberCoroutineScope()
    val look: (File) -> Unit = { file ->
        scope.launch { missed = !withContext(Dispatchers.IO) { look(file, scan) } }
    }
    val target = remember(scan) { PictureTarget(look) }
    Box(
        modifier
            .dragAndDropTarget({ true }, target)
            .clickable { choose()?.let(look) },
        Alignment.Center,
    ) {
        Text(if (missed) words.noCodeInPicture else words.dropPicture, color = Color.White)
    }
}

@OptIn(ExperimentalComposeUiApi::class)
private class PictureTarget(
    private val look: (File) -> Unit,
) : DragAndDropTarget {
    override fun onDrop(event: DragAndDropEvent): Boolean {
        val files = event.dragData() as? DragData.FilesList ?: return false
        val file = files.readFiles().firstOrNull() ?: return false
        look(File(URI(file)))
        return true
    }
}

private fun choose(): File? {
    val dialog = FileDialog(null as Frame?)
    dialog.isVisible = true
    return dialog.file?.let { File(dialog.directory, it) }
}

private fun look(
    file: File,
    scan: ScanModel,
): Boolean {
    val picture =
        try {
            ImageIO.read(file)
        } catch (_: IOException) {
            null
        } ?: return false
    return scan.picture(lumaOf(picture), sizeOf(picture))
}
