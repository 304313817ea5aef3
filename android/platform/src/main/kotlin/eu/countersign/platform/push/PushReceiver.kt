package eu.countersign.platform.push

import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import eu.countersign.platform.notice.Wakeable

/**
 * What a distributor says. Any app can say it; only one that knows a token of the book is heard, and all that it can do
 * is have the app look for requests, or have its server wake it elsewhere.
 */
class PushReceiver : BroadcastReceiver() {
    override fun onReceive(
        context: Context,
        intent: Intent,
    ) {
        val book = pushBook(context)
        val token = intent.getStringExtra("token") ?: return
        val known =
            when (intent.action) {
                MESSAGE -> book.accountOf(token) != null
                NEW_ENDPOINT -> intent.getStringExtra("endpoint").let { it != null && isAddress(it) && book.arrived(token, it) }
                REGISTRATION_FAILED -> book.failed(token)
                UNREGISTERED -> book.gone(token)
                else -> false
            }
        if (known) heard(context, intent, token)
    }

    private fun heard(
        context: Context,
        intent: Intent,
        token: String,
    ) {
        val app = context.applicationContext as? Wakeable
        // What is in a message does not matter: it is a hint.
        if (intent.action == MESSAGE) app?.notices?.request() else app?.addressChanged()
        val message = intent.getStringExtra("id") ?: return
        UnifiedPush(context, pushBook(context), Distributor(context)).acknowledge(token, message)
    }

    private companion object {
        const val MESSAGE = "org.unifiedpush.android.connector.MESSAGE"
        const val NEW_ENDPOINT = "org.unifiedpush.android.connector.NEW_ENDPOINT"
        const val REGISTRATION_FAILED = "org.unifiedpush.android.connector.REGISTRATION_FAILED"
        const val UNREGISTERED = "org.unifiedpush.android.connector.UNREGISTERED"
    }
}

/** The app's book. */
fun pushBook(context: Context): PushBook = PushBook(context.noBackupFilesDir.resolve("push"))

/** One line of the book; whether a server may be asked to call there is the core's and the server's to say. */
internal fun isAddress(text: String): Boolean = text.length <= LONGEST && text.all { it in '!'..'~' }

/** What the specification allows; the protocol's own limit is lower. */
private const val LONGEST = 1000
