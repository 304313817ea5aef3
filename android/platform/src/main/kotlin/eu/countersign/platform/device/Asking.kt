package eu.countersign.platform.device

import android.Manifest
import android.os.Build
import eu.countersign.shell.device.SystemPage

/** Asks the person for a permission, with the system's question. Only an activity can. */
interface Asking {
    /** Asks, if the system still lets the app ask. False where only the settings help. */
    fun ask(permission: String): Boolean

    /** Whether the person was asked before, at any time. */
    fun wasAsked(permission: String): Boolean
}

/** The permission behind a page of the settings. */
internal fun permissionOf(page: SystemPage): String? =
    when (page) {
        SystemPage.CAMERA -> Manifest.permission.CAMERA
        SystemPage.NOTIFICATIONS ->
            if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) Manifest.permission.POST_NOTIFICATIONS else null
        SystemPage.BATTERY, SystemPage.DATE_AND_TIME, SystemPage.SCREEN_LOCK, SystemPage.STORE -> null
    }
