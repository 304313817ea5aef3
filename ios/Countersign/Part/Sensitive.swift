import SwiftUI

extension View {
    /// Nobody but whoever holds the phone shall see this: while the screen is recorded or mirrored, a sentence stands in its
    /// place. A still picture of the screen cannot be prevented on an iPhone.
    func sensitive() -> some View {
        modifier(Sensitive())
    }
}

/// Redacting would leave shapes as they are: dots and QR codes are shapes.
private struct Sensitive: ViewModifier {
    @Environment(\.isSceneCaptured) private var isCaptured
    @Environment(\.words) private var words

    func body(content: Content) -> some View {
        ZStack {
            content.opacity(isCaptured ? 0 : 1).accessibilityHidden(isCaptured)
            if isCaptured { Hint(words.common.hiddenHere, centred: true) }
        }
    }
}
