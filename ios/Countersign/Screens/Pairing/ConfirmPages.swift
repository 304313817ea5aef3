import CountersignKit
import SwiftUI

/// "Pair with this server for this account?" The address always stands beside the name.
struct ConfirmPairingPage: View {
    let app: AppModel
    let model: PairingModel
    let server: String
    let iss: String
    let account: String
    @Environment(\.words) private var words

    var body: some View {
        Page(Bar()) {
            Title(words.pairConfirm.title(server: server))
            Card {
                ListRow(account, icon: .keyVertical, hint: words.pairConfirm.account)
                Hairline()
                ListRow(iss.host, icon: .verifiedUser, hint: words.pairConfirm.server)
            }
            Banner(.info, words.pairConfirm.askTitle, words.pairConfirm.askText)
        } foot: {
            ActionButton(busy ? words.common.working : words.pairConfirm.yes, .primary, icon: .check) { model.accept() }
                .disabled(busy)
            ActionButton(words.common.cancel, .secondary, icon: .close) { app.done() }
        }
    }

    private var busy: Bool { model.shown.busy }
}

/// The server is here already: one more account there, or a mistake.
struct AddAgainPage: View {
    let app: AppModel
    let model: PairingModel
    let existing: [String]
    let server: String
    @Environment(\.words) private var words

    var body: some View {
        let accounts = words.listing(existing)
        Page(Bar()) {
            Title(words.pairConfirm.againTitle)
            Paragraph(words.pairConfirm.againText(accounts: accounts, server: server), strong: existing)
        } foot: {
            ActionButton(words.pairConfirm.againYes, .primary, icon: .check) { model.accept() }
                .disabled(model.shown.busy)
            ActionButton(words.pairConfirm.againNo, .secondary, icon: .close) { app.done() }
        }
    }
}

/// Without a screen lock the keys would be open to whoever finds the phone.
struct ScreenLockPage: View {
    let app: AppModel
    let again: @MainActor () -> Void
    @Environment(\.words) private var words

    var body: some View {
        Page(Bar(), centred: true) {
            BigSign(.lock, .warning)
            Title(words.screenLock.title, centred: true)
            Paragraph(words.screenLock.text, centred: true)
        } foot: {
            ActionButton(words.next.openSettings, .primary, icon: .settings) { app.around.device.open(.screenLock) }
            ActionButton(words.common.tryAgain, .secondary, icon: .refresh, action: again)
        }
    }
}
