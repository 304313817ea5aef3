package eu.countersign.platform.device

import android.app.admin.DevicePolicyManager
import android.content.Intent
import android.net.Uri
import android.provider.Settings
import eu.countersign.shell.device.SystemPage

/** The page of the system that mends it. */
internal fun intentOf(
    page: SystemPage,
    app: String,
): Intent =
    when (page) {
        SystemPage.NOTIFICATIONS ->
            Intent(Settings.ACTION_APP_NOTIFICATION_SETTINGS).putExtra(Settings.EXTRA_APP_PACKAGE, app)
        // Permissions and the battery's restriction have no page of their own that every phone has.
        SystemPage.CAMERA, SystemPage.BATTERY ->
            Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, Uri.fromParts("package", app, null))
        SystemPage.DATE_AND_TIME -> Intent(Settings.ACTION_DATE_SETTINGS)
        SystemPage.SCREEN_LOCK -> Intent(DevicePolicyManager.ACTION_SET_NEW_PASSWORD)
        SystemPage.STORE -> Intent(Intent.ACTION_VIEW, Uri.parse("market://details?id=$app"))
    }
