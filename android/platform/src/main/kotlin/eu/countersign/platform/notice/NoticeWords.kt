package eu.countersign.platform.notice

/** What notifications and their channels say: from the app's catalogue, because a notification is shown without it. */
class NoticeWords(
    val requestTitle: String,
    val requestText: String,
    val unlockedTitle: String,
    val unlockedText: String,
    val requests: String,
    val requestsText: String,
    val reminders: String,
    val remindersText: String,
)

/** The application object: what is woken without a screen finds the app here. */
interface Wakeable {
    /** The app's notifications, in the present language. */
    val notices: Notices

    /** An address to be woken at came, changed or ended. */
    fun addressChanged()
}
