import CountersignKit
import SwiftUI

/// Why notifications are wanted and how little they say, before the system asks (H1).
struct NotificationsScreen: View {
    let app: AppModel
    @Environment(\.words) private var words

    var body: some View {
        let own = words.notifications
        Page(Bar(back: .none), centred: true) {
            BigSign(.notifications, .info)
            Title(own.title, centred: true)
            Paragraph(own.text(text: own.quoted), strong: [own.quoted], centred: true)
        } foot: {
            ActionButton(own.allow, .primary) { app.answerNotifications(wanted: true) }
            ActionButton(words.common.notNow, .secondary) { app.answerNotifications(wanted: false) }
            Hint(own.hint, centred: true)
        }
    }
}
