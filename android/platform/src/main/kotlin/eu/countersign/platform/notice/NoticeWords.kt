package eu.countersign.platform.notice

/** What notifications and their channels say: from the app's catalogue, because a notification is shown without it. */
class NoticeWords(
    val requestTitle: String,
    val requestText: String,
    val unlockedTitle: String,
    val requests: String,
    val requestsText: String,
    val reminders: String,
    val remindersText: String,
)

/** The application object: whoever is woken without a screen finds the notifications here. */
interface HasNotices {
    /** The app's notifications, in the present language. */
    val notices: Notices
}
