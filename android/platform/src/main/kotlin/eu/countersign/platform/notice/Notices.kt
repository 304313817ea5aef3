package eu.countersign.platform.notice

import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context

/**
 * Notifications, which say that there is something and never what: no service, no account, no number (protocol 3.4.2).
 *
 * [icon] is a picture of the app's in one colour.
 */
class Notices(
    private val context: Context,
    private val words: NoticeWords,
    private val icon: Int,
) {
    private val manager = context.getSystemService(NotificationManager::class.java)

    /** Makes the channels, or gives them the words of the present language. */
    fun prepare() {
        val requests = NotificationChannel(REQUESTS, words.requests, NotificationManager.IMPORTANCE_HIGH)
        val reminders = NotificationChannel(REMINDERS, words.reminders, NotificationManager.IMPORTANCE_DEFAULT)
        requests.description = words.requestsText
        reminders.description = words.remindersText
        manager?.createNotificationChannels(listOf(requests, reminders))
    }

    /** A request may be waiting. It goes when no request can be older. */
    fun request() {
        val notice = notice(REQUESTS, words.requestTitle).setContentText(words.requestText).setTimeoutAfter(LONGEST_REQUEST)
        manager?.notify(REQUEST, notice.build())
    }

    /** The pause after wrong PINs is over. */
    fun pinAgain() {
        manager?.notify(PIN_AGAIN, notice(REMINDERS, words.unlockedTitle).setContentText(words.unlockedText).build())
    }

    /** The person is looking at the app. */
    fun clear() {
        manager?.cancelAll()
    }

    /** Whether the person allowed them, requests among them. */
    fun allowed(): Boolean =
        manager != null &&
            manager.areNotificationsEnabled() &&
            manager.getNotificationChannel(REQUESTS)?.importance != NotificationManager.IMPORTANCE_NONE

    private fun notice(
        channel: String,
        title: String,
    ): Notification.Builder =
        Notification
            .Builder(context, channel)
            .setSmallIcon(icon)
            .setContentTitle(title)
            .setCategory(Notification.CATEGORY_STATUS)
            // There is nothing in it to hide on a locked screen, and nothing for a watch to show.
            .setVisibility(Notification.VISIBILITY_PUBLIC)
            .setLocalOnly(true)
            .setAutoCancel(true)
            .setContentIntent(opening())

    private fun opening(): PendingIntent? {
        val open = context.packageManager.getLaunchIntentForPackage(context.packageName) ?: return null
        return PendingIntent.getActivity(context, 0, open, PendingIntent.FLAG_IMMUTABLE)
    }

    private companion object {
        const val REQUESTS = "requests"
        const val REMINDERS = "reminders"
        const val REQUEST = 1
        const val PIN_AGAIN = 2

        /** Milliseconds; what a request lives at the most (protocol 3.10). */
        const val LONGEST_REQUEST = 300_000L
    }
}
