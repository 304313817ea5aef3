import Accessibility
import SwiftUI

/// What is said without being asked for (look.md 4).
enum Speech {
    /// When nothing else is being said.
    @MainActor
    static func politely(_ text: String) {
        AccessibilityNotification.Announcement(AttributedString(text)).post()
    }

    /// At once: errors, a call, a lock.
    @MainActor
    static func atOnce(_ text: String) {
        var spoken = AttributedString(text)
        spoken.accessibilitySpeechAnnouncementPriority = .high
        AccessibilityNotification.Announcement(spoken).post()
    }
}

/// How a text that appears is said.
enum Said {
    case politely
    case atOnce
}

extension View {
    /// Where a screen reader begins on a new page.
    func readFirst() -> some View {
        modifier(ReadFirst())
    }

    /// Says the text once when it appears, and again when it changes.
    func said(_ text: String, _ how: Said?) -> some View {
        onChange(of: text, initial: true) {
            switch how {
            case .politely: Speech.politely(text)
            case .atOnce: Speech.atOnce(text)
            case nil: break
            }
        }
    }
}

private struct ReadFirst: ViewModifier {
    @AccessibilityFocusState private var isRead: Bool

    func body(content: Content) -> some View {
        content.accessibilityFocused($isRead).task { await read() }
    }

    /// Once the page has come to rest: before that the system moves the focus to the bar.
    private func read() async {
        try? await Task.sleep(for: .milliseconds(400))
        if !Task.isCancelled { isRead = true }
    }
}
