import CountersignKit
import CountersignWords
import SwiftUI

/// The first thing that a person sees (P1).
struct WelcomePage: View {
    let app: AppModel
    @Environment(\.words) private var words
    @Environment(\.sensor) private var sensor
    @State private var explains = false

    var body: some View {
        Page(firstBar(app, words)) {
            SetAside(app: app, isFirst: true)
            WelcomePicture().frame(maxWidth: .infinity, minHeight: 220)
            Title(words.welcome.title)
            Paragraph(words.of(sensor).welcome)
        } foot: {
            PairButtons(app: app)
            ActionButton(words.welcome.noAccount, .text) { explains = true }
        }
        .question($explains) { AccountFirst { explains = false } }
    }
}

/// An account comes first, and it is not made here.
private struct AccountFirst: View {
    let close: @MainActor () -> Void
    @Environment(\.words) private var words

    var body: some View {
        let path = words.common.pathAddPhone
        Title(words.welcome.noAccountTitle)
        Paragraph(words.welcome.noAccountText(path: path), strong: [path])
        ActionButton(words.common.close, .secondary, action: close)
    }
}

/// No account is left (A3).
struct NoAccountPage: View {
    let app: AppModel
    @Environment(\.words) private var words

    var body: some View {
        let path = words.common.pathPhones
        Page(firstBar(app, words), centred: true) {
            SetAside(app: app, isFirst: true)
            BigSign(.keyVertical, .neutral)
            Title(words.noAccounts.title, centred: true)
            Paragraph(words.noAccounts.text(path: path), strong: [path], centred: true)
        } foot: {
            PairButtons(app: app)
        }
    }
}

private struct PairButtons: View {
    let app: AppModel
    @Environment(\.words) private var words

    var body: some View {
        ActionButton(words.welcome.pair, .primary, icon: .qrCodeScanner) { app.openScanner() }
        ActionButton(words.welcome.move, .secondary, icon: .swapHoriz) { app.openScanner(moving: true) }
    }
}

@MainActor
private func firstBar(_ app: AppModel, _ words: any Words) -> Bar {
    Bar(
        words.common.appName,
        actions: [BarAction(icon: .settings, spoken: words.common.settings) { app.openSettings() }]
    )
}
