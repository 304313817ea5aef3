import SwiftUI

extension View {
    /// Nobody but whoever holds the phone shall see this: blank in the app switcher, and while the screen is recorded or
    /// mirrored. A still picture of the screen cannot be prevented on an iPhone.
    func sensitive() -> some View {
        modifier(Sensitive())
    }
}

private struct Sensitive: ViewModifier {
    @Environment(\.isSceneCaptured) private var isCaptured

    func body(content: Content) -> some View {
        content.privacySensitive().redacted(reason: isCaptured ? .privacy : [])
    }
}
