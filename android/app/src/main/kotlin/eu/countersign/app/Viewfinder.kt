package eu.countersign.app

import android.Manifest
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.viewinterop.AndroidView
import androidx.lifecycle.compose.LifecycleStartEffect
import eu.countersign.platform.camera.BackCamera
import eu.countersign.platform.camera.CameraPreview
import eu.countersign.shell.scan.ScanModel

/** What the camera sees, while the scanner is in front; before that, the system's question whether it may. */
@Composable
internal fun Viewfinder(
    questions: Questions,
    scan: ScanModel,
    torch: Boolean,
    permission: Answered,
    modifier: Modifier,
) {
    val granted = remember(permission.times) { questions.isGranted(Manifest.permission.CAMERA) }
    if (granted) Running(scan, torch, modifier) else LaunchedEffect(scan) { questions.ask(Manifest.permission.CAMERA) }
}

@Composable
private fun Running(
    scan: ScanModel,
    torch: Boolean,
    modifier: Modifier,
) {
    val context = LocalContext.current
    val preview = remember { CameraPreview(context) }
    var camera by remember { mutableStateOf<BackCamera?>(null) }
    LifecycleStartEffect(scan) {
        // Without a picture the ways beside it are still there: the link, the typed code.
        val begun = BackCamera(context) {}
        begun.start(scan::frame)
        preview.follow(begun)
        camera = begun
        onStopOrDispose {
            camera = null
            begun.stop()
        }
    }
    LaunchedEffect(camera, torch) { camera?.torch(torch) }
    AndroidView({ preview }, modifier)
}
