import CountersignKit
import SwiftUI

/// The camera as the scanner's screen needs it; the app gives the real one, a preview none.
struct ViewfinderPort: Sendable {
    /// Asks the person for the camera, if nobody has yet.
    var ask: @MainActor @Sendable () async -> Void = {}
    /// The picture, with the light beside the lens on or off. Its frames go to the model.
    var picture: @MainActor @Sendable (_ model: ScanModel, _ light: Bool) -> AnyView = { _, _ in AnyView(Color.clear) }
}

private struct ViewfinderKey: EnvironmentKey {
    static let defaultValue = ViewfinderPort()
}

extension EnvironmentValues {
    /// What shows the camera's picture.
    var viewfinder: ViewfinderPort {
        get { self[ViewfinderKey.self] }
        set { self[ViewfinderKey.self] = newValue }
    }
}
