package eu.countersign.platform.camera

import android.hardware.camera2.CameraAccessException
import android.hardware.camera2.CameraCaptureSession
import android.hardware.camera2.CameraDevice
import android.hardware.camera2.CaptureRequest
import android.hardware.camera2.params.OutputConfiguration
import android.hardware.camera2.params.SessionConfiguration
import android.os.Handler
import android.view.Surface
import java.util.concurrent.Executor

/** Opens a session that fills [surfaces]; one that is open is replaced. */
internal fun CameraDevice.openSession(
    surfaces: List<Surface>,
    handler: Handler,
    listener: CameraCaptureSession.StateCallback,
) {
    val outputs = surfaces.map(::OutputConfiguration)
    val executor = Executor { handler.post(it) }
    createCaptureSession(SessionConfiguration(SessionConfiguration.SESSION_REGULAR, outputs, executor, listener))
}

/** Frames one after the other, sharp by themselves, with the light where it is wanted. */
internal fun CameraDevice.scanning(
    surfaces: List<Surface>,
    lit: Boolean,
): CaptureRequest {
    val request = createCaptureRequest(CameraDevice.TEMPLATE_PREVIEW)
    surfaces.forEach(request::addTarget)
    request.set(CaptureRequest.CONTROL_AF_MODE, CaptureRequest.CONTROL_AF_MODE_CONTINUOUS_PICTURE)
    request.set(CaptureRequest.FLASH_MODE, if (lit) CaptureRequest.FLASH_MODE_TORCH else CaptureRequest.FLASH_MODE_OFF)
    return request.build()
}

/** Whether [work] ran to its end: no permission, a camera in use and one that is gone are all the same to a scanner. */
internal fun survives(work: () -> Unit): Boolean =
    try {
        work()
        true
    } catch (_: CameraAccessException) {
        false
    } catch (_: SecurityException) {
        false
    } catch (_: IllegalStateException) {
        false
    } catch (_: IllegalArgumentException) {
        false
    }
