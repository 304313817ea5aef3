package eu.countersign.platform.window

import android.view.MotionEvent
import android.view.Window
import android.view.WindowManager
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/**
 * Keeps other apps off the screen: no pictures of it, and no touch that went through something (protocol 3.4.4).
 *
 * The activity asks [lets] for every touch before its window sees it.
 */
class Shield {
    private val covering = MutableStateFlow(false)

    /** Whether the last touch found something in front, so that the screen can say why nothing happens. */
    val covered: StateFlow<Boolean> = covering.asStateFlow()

    /** No screenshot, no recording, no picture among the recent apps; touches through a full cover do not arrive. */
    fun guard(window: Window) {
        window.addFlags(WindowManager.LayoutParams.FLAG_SECURE)
        window.decorView.filterTouchesWhenObscured = true
    }

    /** Whether a touch may go on: the system's own filter passes one that found the window covered in part. */
    fun lets(touch: MotionEvent): Boolean {
        covering.value = touch.flags and COVERED != 0
        return !covering.value
    }

    private companion object {
        const val COVERED = MotionEvent.FLAG_WINDOW_IS_OBSCURED or MotionEvent.FLAG_WINDOW_IS_PARTIALLY_OBSCURED
    }
}
