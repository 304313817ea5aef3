package eu.countersign.platform.push

import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Build

/** Which of the installed distributors this app uses. The person's choice is kept; a single one needs none. */
class Distributor(
    private val context: Context,
) {
    private val kept = context.getSharedPreferences("push", Context.MODE_PRIVATE)

    /** The package of the one in use, if it is still there. */
    fun chosen(): String? {
        val installed = installed()
        return kept.getString(CHOSEN, null)?.takeIf(installed::contains) ?: installed.singleOrNull()
    }

    /** The system's own question where several are installed, once for each set of them; its result goes to [answer]. */
    fun question(): Intent? {
        val installed = installed().toSet()
        val asked = kept.getStringSet(ASKED, null) == installed
        return if (asked || installed.isEmpty() || chosen() != null) null else Intent(Intent.ACTION_VIEW, Uri.parse(LINK))
    }

    /** Keeps what the person chose, as the chosen one proved it. */
    fun answer(result: Intent?) {
        val installed = installed().toSet()
        val proof = result?.let(::proof)?.creatorPackage?.takeIf(installed::contains)
        kept
            .edit()
            .putStringSet(ASKED, installed)
            .putString(CHOSEN, proof)
            .apply()
    }

    private fun installed(): List<String> =
        context.packageManager
            .queryBroadcastReceivers(Intent(UnifiedPush.REGISTER), 0)
            .map { it.activityInfo.packageName }
            .distinct()

    private fun proof(result: Intent): PendingIntent? =
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
            result.getParcelableExtra(PROOF, PendingIntent::class.java)
        } else {
            @Suppress("DEPRECATION")
            result.getParcelableExtra(PROOF)
        }

    private companion object {
        const val CHOSEN = "distributor"
        const val ASKED = "asked"
        const val LINK = "unifiedpush://link"
        const val PROOF = "pi"
    }
}
