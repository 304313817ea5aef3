package eu.countersign.app

import android.content.res.Resources
import eu.countersign.platform.notice.NoticeWords

/** The catalogue's words for notifications, as resources: the system shows them when no screen is there. */
internal fun noticeWords(resources: Resources): NoticeWords =
    NoticeWords(
        requestTitle = resources.getString(R.string.notification_request_title),
        requestText = resources.getString(R.string.notification_request_text),
        unlockedTitle = resources.getString(R.string.notification_unlocked_title),
        unlockedText = resources.getString(R.string.notification_unlocked_text),
        requests = resources.getString(R.string.channel_requests),
        requestsText = resources.getString(R.string.channel_requests_text),
        reminders = resources.getString(R.string.channel_reminders),
        remindersText = resources.getString(R.string.channel_reminders_text),
    )
