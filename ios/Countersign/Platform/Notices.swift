import CountersignWords
import Foundation
import Observation
import UserNotifications

/// Notifications, which say that there is something and never what: no service, no account, no number (protocol 3.4.2).
@Observable
@MainActor
final class Notices {
    private static let pinAgain = "pin-again"

    /// In the language in use.
    @ObservationIgnored var words: any NotificationsWords = EnWords().notifications
    /// Whether the person allowed them; nil before anybody asked.
    private(set) var areAllowed: Bool?

    private var center: UNUserNotificationCenter { .current() }

    /// Looks again: the person may have been in the settings.
    func look() async {
        switch await Self.status() {
        case .authorized, .provisional, .ephemeral: areAllowed = true
        case .denied: areAllowed = false
        // Off until somebody says yes: that is what "paired" goes by to ask.
        case .notDetermined: areAllowed = false
        @unknown default: areAllowed = nil
        }
    }

    /// Asks, if the system still may ask. False if it may not.
    func ask() async -> Bool {
        guard await Self.status() == .notDetermined else { return false }
        await Self.request()
        await look()
        return true
    }

    /// The pause after wrong PINs is over at this moment. The newest moment counts. Of use where they are allowed.
    func remind(at moment: Date) {
        let content = UNMutableNotificationContent()
        content.title = words.unlockedTitle
        content.body = words.unlockedText
        content.sound = .default
        let left = max(1, moment.timeIntervalSinceNow)
        let trigger = UNTimeIntervalNotificationTrigger(timeInterval: left, repeats: false)
        center.add(UNNotificationRequest(identifier: Self.pinAgain, content: content, trigger: trigger))
    }

    /// The person is looking at the app.
    func clear() {
        center.removeAllDeliveredNotifications()
    }

    /// Settings are no value to be handed from one actor to another; this one word of them is.
    nonisolated private static func status() async -> UNAuthorizationStatus {
        await UNUserNotificationCenter.current().notificationSettings().authorizationStatus
    }

    nonisolated private static func request() async {
        _ = try? await UNUserNotificationCenter.current().requestAuthorization(options: [.alert, .sound])
    }
}
