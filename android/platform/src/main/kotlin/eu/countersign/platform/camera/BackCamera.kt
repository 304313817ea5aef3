package eu.countersign.platform.camera

import android.annotation.SuppressLint
import android.content.Context
import android.graphics.ImageFormat
import android.hardware.camera2.CameraCaptureSession
import android.hardware.camera2.CameraDevice
import android.hardware.camera2.CameraManager
import android.media.ImageReader
import android.os.Handler
import android.os.HandlerThread
import android.view.Surface
import eu.countersign.core.FrameSize
import eu.countersign.shell.device.Camera
import java.nio.ByteBuffer
import java.util.concurrent.CountDownLatch

/**
 * The camera on the back. Everything happens on a thread of its own, and [stop] ends it for good: a scanner that opens
 * again has a new camera. [failed] is told when there is no picture to be had.
 */
class BackCamera(
    context: Context,
    private val failed: () -> Unit,
) : Camera {
    private val manager = context.getSystemService(CameraManager::class.java)
    private val thread = HandlerThread("camera").apply { start() }
    private val handler = Handler(thread.looper)
    private var reader: ImageReader? = null
    private var device: CameraDevice? = null
    private var session: Running? = null
    private var preview: Surface? = null
    private var lit = false
    private var opening = false

    @Volatile
    private var stopped = false

    override fun start(each: (luma: ByteBuffer, size: FrameSize) -> Unit) = onThread { open(each) }

    override fun torch(on: Boolean) =
        onThread {
            lit = on
            session?.let(::repeat)
        }

    /** Where the person sees what the camera sees; null when that place is gone. */
    fun show(surface: Surface?) =
        onThread {
            preview = surface
            device?.let(::beginSession)
        }

    /** Waits for a frame that is being read, so that none is read afterwards. */
    override fun stop() {
        if (stopped) return
        stopped = true
        if (thread.looper.isCurrentThread) return close()
        val closed = CountDownLatch(1)
        handler.post {
            closed.countDown()
            close()
        }
        closed.await()
    }

    /** The caller has asked for the permission; the system refuses whoever has not. */
    @SuppressLint("MissingPermission")
    private fun open(each: (luma: ByteBuffer, size: FrameSize) -> Unit) {
        val back = manager?.let(::backCamera) ?: return failed()
        reader =
            ImageReader.newInstance(back.size.width, back.size.height, ImageFormat.YUV_420_888, BUFFERS).apply {
                setOnImageAvailableListener({ if (!stopped) it.acquireLatestImage()?.use { image -> hand(image, each) } }, handler)
            }
        manager.openCamera(back.id, DeviceListener(), handler)
        opening = true
    }

    private fun beginSession(device: CameraDevice) {
        val surfaces = listOfNotNull(reader?.surface, preview?.takeIf(Surface::isValid))
        session = null
        device.openSession(surfaces, handler, SessionListener(surfaces))
    }

    private fun repeat(running: Running) {
        val request = running.session.device.scanning(running.surfaces, lit)
        running.session.setRepeatingRequest(request, null, handler)
    }

    /** A camera that is just being opened is closed when it is open: until then the thread stays. */
    private fun close() {
        session = null
        device?.close()
        reader?.close()
        if (!opening) thread.quitSafely()
    }

    /** The camera may be taken away between any two calls; the system then throws, and says it again to the listener. */
    private fun onThread(work: () -> Unit) {
        if (stopped) return
        handler.post {
            if (!stopped && !survives(work)) failed()
        }
    }

    private inner class DeviceListener : CameraDevice.StateCallback() {
        override fun onOpened(camera: CameraDevice) {
            opening = false
            device = camera
            if (stopped) close() else onThread { beginSession(camera) }
        }

        override fun onDisconnected(camera: CameraDevice) = lose(camera)

        override fun onError(
            camera: CameraDevice,
            error: Int,
        ) = lose(camera)

        private fun lose(camera: CameraDevice) {
            opening = false
            device = null
            session = null
            camera.close()
            if (stopped) close() else failed()
        }
    }

    private inner class SessionListener(
        private val surfaces: List<Surface>,
    ) : CameraCaptureSession.StateCallback() {
        override fun onConfigured(configured: CameraCaptureSession) {
            val running = Running(configured, surfaces)
            session = running
            onThread { repeat(running) }
        }

        /** A session that was replaced while it was made is not one that failed. */
        override fun onConfigureFailed(configured: CameraCaptureSession) {
            if (session == null && device != null) failed()
        }
    }

    /** A session fills the surfaces that it was made for, and no others. */
    private class Running(
        val session: CameraCaptureSession,
        val surfaces: List<Surface>,
    )

    private companion object {
        /** One that is read and one that is filled. */
        const val BUFFERS = 2
    }
}
