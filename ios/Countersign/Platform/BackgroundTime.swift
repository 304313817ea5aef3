import UIKit

/// Time to finish a call of the core when the person goes elsewhere in the middle of it: without it the system stops the
/// process at once, and what was approved may have been sent or not.
@MainActor
final class BackgroundTime {
    private var task = UIBackgroundTaskIdentifier.invalid

    /// Begins it; what is given ends it.
    static func begin() -> @MainActor @Sendable () -> Void {
        let time = BackgroundTime()
        time.task = UIApplication.shared.beginBackgroundTask(withName: "core") { time.end() }
        return { time.end() }
    }

    /// Called, or out of time: whoever does not end it then is ended.
    private func end() {
        if task == .invalid { return }
        UIApplication.shared.endBackgroundTask(task)
        task = .invalid
    }
}
