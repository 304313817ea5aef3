package eu.countersign.platform.camera

import android.content.Context
import android.view.SurfaceHolder
import android.view.SurfaceView

/** Shows what [camera] sees. The system turns the picture upright; the screen gives this view the shape 9 : 16. */
class CameraPreview(
    context: Context,
    private val camera: BackCamera,
) : SurfaceView(context),
    SurfaceHolder.Callback {
    init {
        holder.setFixedSize(WIDTH, HEIGHT)
        holder.addCallback(this)
    }

    /** A change follows at once. */
    override fun surfaceCreated(holder: SurfaceHolder) = Unit

    override fun surfaceChanged(
        holder: SurfaceHolder,
        format: Int,
        width: Int,
        height: Int,
    ): Unit = camera.show(holder.surface)

    override fun surfaceDestroyed(holder: SurfaceHolder): Unit = camera.show(null)

    private companion object {
        const val WIDTH = 1280
        const val HEIGHT = 720
    }
}
