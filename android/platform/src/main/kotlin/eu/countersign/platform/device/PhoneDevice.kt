package eu.countersign.platform.device

import android.Manifest
import android.app.ActivityManager
import android.app.KeyguardManager
import android.content.ActivityNotFoundException
import android.content.ClipboardManager
import android.content.Context
import android.content.Intent
import android.content.pm.PackageManager
import android.media.AudioManager
import android.net.Uri
import eu.countersign.core.Permissions
import eu.countersign.platform.notice.Notices
import eu.countersign.platform.notice.Reminder
import eu.countersign.shell.device.Device
import eu.countersign.shell.device.SystemPage

/** What an Android phone knows and does outside its window. */
class PhoneDevice(
    private val context: Context,
    private val notices: Notices,
    private val asking: Asking,
) : Device {
    override val name: String = phoneInfo(context).name

    override fun permissions(): Permissions =
        Permissions(
            notifications = notices.allowed(),
            camera = camera(),
            background = service<ActivityManager>()?.let { !it.isBackgroundRestricted },
        )

    /** From the state of the sound: a telephone call and one over the net alike, without leave to read who calls. */
    override fun onCall(): Boolean =
        when (service<AudioManager>()?.mode) {
            AudioManager.MODE_IN_CALL, AudioManager.MODE_IN_COMMUNICATION -> true
            else -> false
        }

    override fun hasScreenLock(): Boolean = service<KeyguardManager>()?.isDeviceSecure == true

    /** The system's own question first, where it still may be asked. */
    override fun open(page: SystemPage) {
        val asked = permissionOf(page)?.let(asking::ask) == true
        if (!asked) start(intentOf(page, context.packageName))
    }

    override fun browse(address: String): Boolean =
        start(Intent(Intent.ACTION_VIEW, Uri.parse(address)).addCategory(Intent.CATEGORY_BROWSABLE))

    /** Text alone: what would have to be fetched from another app stays there. */
    override fun clipboard(): String? =
        service<ClipboardManager>()
            ?.primaryClip
            ?.takeIf { it.itemCount > 0 }
            ?.getItemAt(0)
            ?.text
            ?.toString()

    override fun remindAt(moment: Long): Unit = Reminder.at(context, moment)

    /** Before the first question nothing is refused yet. */
    private fun camera(): Boolean? =
        when {
            context.checkSelfPermission(Manifest.permission.CAMERA) == PackageManager.PERMISSION_GRANTED -> true
            asking.wasAsked(Manifest.permission.CAMERA) -> false
            else -> null
        }

    private fun start(intent: Intent): Boolean =
        try {
            context.startActivity(intent.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK))
            true
        } catch (_: ActivityNotFoundException) {
            false
        }

    private inline fun <reified T> service(): T? = context.getSystemService(T::class.java)
}
