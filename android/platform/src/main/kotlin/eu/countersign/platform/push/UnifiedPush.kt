package eu.countersign.platform.push

import android.app.BroadcastOptions
import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import android.os.Build
import eu.countersign.core.AccountId

/**
 * Push by whatever distributor the person has installed, with no service of Google's (UnifiedPush, AND_3.0.0).
 *
 * A distributor says what it has to say by broadcasts: see [PushReceiver].
 */
class UnifiedPush(
    private val context: Context,
    private val book: PushBook,
    private val choice: Distributor,
) : Push {
    override fun register(account: AccountId): Boolean {
        val distributor = choice.chosen() ?: return false
        send(intent(REGISTER, distributor, book.token(account)))
        return true
    }

    override fun unregister(account: AccountId) {
        val distributor = choice.chosen()
        if (distributor != null) send(intent(UNREGISTER, distributor, book.token(account)))
        book.forget(account)
    }

    /** Says that a message arrived: a distributor drops whoever never does. */
    internal fun acknowledge(
        token: String,
        message: String,
    ) {
        val distributor = choice.chosen() ?: return
        context.sendBroadcast(intent(MESSAGE_ACK, distributor, token).putExtra("id", message))
    }

    private fun intent(
        action: String,
        distributor: String,
        token: String,
    ): Intent = Intent(action).setPackage(distributor).putExtra("token", token)

    /** The distributor has to know who asks: the system says so from Android 14 on, before that a pending intent does. */
    private fun send(intent: Intent) {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.UPSIDE_DOWN_CAKE) {
            val open = BroadcastOptions.makeBasic().setShareIdentityEnabled(true)
            context.sendBroadcast(intent, null, open.toBundle())
        } else {
            val nobody = Intent().setPackage(NOBODY)
            val proof = PendingIntent.getBroadcast(context, 0, nobody, PendingIntent.FLAG_IMMUTABLE)
            context.sendBroadcast(intent.putExtra("pi", proof))
        }
    }

    internal companion object {
        const val REGISTER = "org.unifiedpush.android.distributor.REGISTER"
        private const val UNREGISTER = "org.unifiedpush.android.distributor.UNREGISTER"
        private const val MESSAGE_ACK = "org.unifiedpush.android.distributor.MESSAGE_ACK"

        /** A package that does not exist, so that the pending intent does nothing. */
        private const val NOBODY = "org.unifiedpush.dummy_app"
    }
}
