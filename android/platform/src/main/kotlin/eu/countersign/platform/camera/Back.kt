package eu.countersign.platform.camera

import android.graphics.ImageFormat
import android.hardware.camera2.CameraCharacteristics
import android.hardware.camera2.CameraManager
import android.util.Size
import kotlin.math.abs

/** A camera and the size of its frames. */
internal class Back(
    val id: String,
    val size: Size,
)

/** What the frame of a scanner is meant to be: enough for the largest code, and quick to search. */
private val WANTED = 1280 to 720

/** The first camera on the back that gives frames with a luma plane; some tablets have none. */
internal fun backCamera(manager: CameraManager): Back? =
    manager.cameraIdList.firstNotNullOfOrNull { id ->
        val traits = manager.getCameraCharacteristics(id)
        if (traits[CameraCharacteristics.LENS_FACING] != CameraCharacteristics.LENS_FACING_BACK) return@firstNotNullOfOrNull null
        val sizes = traits[CameraCharacteristics.SCALER_STREAM_CONFIGURATION_MAP]?.getOutputSizes(ImageFormat.YUV_420_888)
        nearest(sizes.orEmpty().map { it.width to it.height })?.let { (width, height) -> Back(id, Size(width, height)) }
    }

/** The size whose sides differ least from 1280 × 720. */
internal fun nearest(sizes: List<Pair<Int, Int>>): Pair<Int, Int>? =
    sizes.minByOrNull { (width, height) -> abs(width - WANTED.first) + abs(height - WANTED.second) }
