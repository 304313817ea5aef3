package eu.countersign.platform.notice

import android.app.AlarmManager
import android.app.PendingIntent
import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent

/** Tells at a moment that a PIN may be typed again. Some minutes late is good enough, so no permission is asked for. */
class Reminder : BroadcastReceiver() {
    override fun onReceive(
        context: Context,
        intent: Intent,
    ) {
        (context.applicationContext as? Wakeable)?.notices?.pinAgain()
    }

    companion object {
        /** The newest moment counts; milliseconds of the epoch. */
        fun at(
            context: Context,
            moment: Long,
        ) {
            val intent = Intent(context, Reminder::class.java)
            val flags = PendingIntent.FLAG_IMMUTABLE or PendingIntent.FLAG_UPDATE_CURRENT
            val alarm = PendingIntent.getBroadcast(context, 0, intent, flags)
            context.getSystemService(AlarmManager::class.java)?.setAndAllowWhileIdle(AlarmManager.RTC, moment, alarm)
        }
    }
}
