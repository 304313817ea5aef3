import SwiftUI

extension View {
    /// Nothing of this is seen or read aloud in the switcher, or under whatever the system lays upon the app.
    func coveredWhenAway() -> some View {
        modifier(CoveredWhenAway())
    }
}

private struct CoveredWhenAway: ViewModifier {
    @Environment(\.scenePhase) private var phase

    func body(content: Content) -> some View {
        content.accessibilityHidden(phase != .active).overlay {
            if phase != .active { Cover() }
        }
    }
}

/// What is seen instead of the app.
private struct Cover: View {
    var body: some View {
        ZStack {
            Color.cs.bg.ignoresSafeArea()
            BrandMark(size: 96)
        }
        .accessibilityHidden(true)
    }
}
