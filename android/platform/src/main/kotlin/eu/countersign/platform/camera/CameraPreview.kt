package eu.countersign.platform.camera

import android.content.Context
import android.view.Surface
import android.view.SurfaceHolder
import android.view.SurfaceView

/** Shows what a camera sees. The system turns the picture upright; the screen gives this view the shape 9 : 16. */
class CameraPreview(
    context: Context,
) : SurfaceView(context),
    SurfaceHolder.Callback {
    private var camera: BackCamera? = null
    private var shown: Surface? = null

    init {
        holder.setFixedSize(WIDTH, HEIGHT)
        holder.addCallback(this)
    }

    /** Shows this one from now on: each time the scanner comes to the front there is a new camera. */
    fun follow(camera: BackCamera) {
        this.camera = camera
        camera.show(shown)
    }

    /** A change follows at once. */
    override fun surfaceCreated(holder: SurfaceHolder) = Unit

    override fun surfaceChanged(
        holder: SurfaceHolder,
        format: Int,
        width: Int,
        height: Int,
    ) = show(holder.surface)

    override fun surfaceDestroyed(holder: SurfaceHolder) = show(null)

    private fun show(surface: Surface?) {
        shown = surface
        camera?.show(surface)
    }

    private companion object {
        const val WIDTH = 1280
        const val HEIGHT = 720
    }
}
