import CountersignFFI
import CountersignKit
import SwiftUI

/// What opens in the place of the settings.
enum SettingsInner {
    case move
    case help
    case accessibility
    case about
}

/// What the person may choose about the app, and what there is to read about it.
struct SettingsScreen: View {
    let app: AppModel
    @State private var inner: SettingsInner?

    var body: some View {
        switch inner {
        case nil: SettingsPage(app: app, accounts: accounts) { inner = $0 }
        case .move: MoveChoicePage(app: app, accounts: accounts, close: close)
        case .help: HelpPage(close: close)
        case .accessibility: AccessibilityPage(close: close)
        case .about: AboutPage(close: close)
        }
    }

    private func close() {
        inner = nil
    }

    /// The accounts that can move, as the first page knows them.
    private var accounts: [Account] {
        guard case .home(let home) = app.way.places.first else { return [] }
        return home.shown.state?.accounts.filter { $0.state == .active } ?? []
    }
}
