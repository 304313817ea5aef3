import CountersignFFI
import Foundation

/// What only the device knows and only the device can do.
@MainActor
public protocol Device: AnyObject {
    /// How the phone calls itself, as servers list it.
    var name: String { get }

    /// What the person has allowed, as it is now; nil where this device has no such thing.
    func permissions() -> Permissions

    /// Whether a telephone call is going on (H2).
    func onCall() -> Bool

    /// Whether the screen has a lock: without one no keys are made.
    func hasScreenLock() -> Bool

    /// Opens the system's page for it.
    func open(_ page: SystemPage)

    /// Opens an address in the browser; false if there is none.
    func browse(_ address: String) -> Bool

    /// What lies on the clipboard, asked for by "Paste the link" alone.
    func clipboard() -> String?

    /// Tells the person at this moment that a PIN may be typed again. False if they do not let it: the system's question
    /// was refused just now, or its page for that is open.
    func remind(at moment: Date) async -> Bool
}

/// Pages of the system that mend what the self-test finds.
public enum SystemPage: Sendable, CaseIterable {
    case notifications
    case camera
    case battery
    case dateAndTime
    case screenLock
    case store
}
