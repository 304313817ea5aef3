package eu.countersign.app

import android.content.Context
import android.content.pm.PackageManager
import androidx.activity.ComponentActivity
import androidx.activity.result.ActivityResultLauncher
import androidx.activity.result.contract.ActivityResultContracts.RequestPermission
import eu.countersign.platform.device.Asking

/** The system's questions for permissions, through whichever activity is there. */
class Questions(
    private val context: Context,
) : Asking {
    private val kept = context.getSharedPreferences("questions", Context.MODE_PRIVATE)
    private var activity: ComponentActivity? = null
    private var launcher: ActivityResultLauncher<String>? = null

    /** Before the activity starts; [answered] is told after each question. */
    fun attach(
        activity: ComponentActivity,
        answered: () -> Unit,
    ) {
        this.activity = activity
        launcher = activity.registerForActivityResult(RequestPermission()) { answered() }
    }

    /** The activity is gone; a newer one may have taken its place already. */
    fun detach(activity: ComponentActivity) {
        if (this.activity !== activity) return
        this.activity = null
        launcher = null
    }

    override fun wasAsked(permission: String): Boolean = kept.getBoolean(permission, false)

    /** After two refusals the system shows nothing any more, and says so by wanting no reason from the app. */
    override fun ask(permission: String): Boolean {
        val may = !wasAsked(permission) || activity?.shouldShowRequestPermissionRationale(permission) == true
        if (isGranted(permission) || !may) return false
        kept.edit().putBoolean(permission, true).apply()
        launcher?.launch(permission) ?: return false
        return true
    }

    /** Whether the person has allowed it. */
    fun isGranted(permission: String): Boolean = context.checkSelfPermission(permission) == PackageManager.PERMISSION_GRANTED
}
