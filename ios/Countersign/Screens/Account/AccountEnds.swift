import CountersignFFI
import CountersignKit
import SwiftUI

/// Keys or what this phone keeps of the account are lost: pair again (A8).
struct KeysLostPage: View {
    let app: AppModel
    let account: Account
    @Environment(\.words) private var words
    @State private var explains = false

    var body: some View {
        EndPage(Ending(.keyVertical, .warning, words.keysLost.title, text), bar: Bar(words.serverTitle(account))) {
            Hint(words.keysLost.hint, centred: true)
        } foot: {
            ActionButton(words.keysLost.pairAgain, .primary, icon: .qrCodeScanner) { app.openScanner() }
            ActionButton(words.keysLost.why, .secondary) { explains = true }
        }
        .question($explains) {
            Title(words.keysLost.why)
            Paragraph(words.keysLost.whyText)
            ActionButton(words.common.close, .secondary) { explains = false }
        }
    }

    private var text: String {
        account.state == .damaged ? words.accountState.damaged : words.keysLost.text
    }
}

/// The server has locked this phone: two ways out, neither of them here (A8).
struct LockedForGoodPage: View {
    let app: AppModel
    let account: Account
    let why: NoticeWhy?
    @Environment(\.words) private var words

    var body: some View {
        let server = words.server(account)
        Page(Bar()) {
            BigSign(.lock, .danger)
            Title(words.locked.forGoodTitle(server: server), said: .atOnce)
            Paragraph(words.lockedForGood(why, server: server))
            Heading(words.locked.waysOut, quiet: true)
            Card {
                otherPhone
                Hairline()
                ListRow(words.locked.pairAgain, icon: .qrCodeScanner, hint: words.locked.pairAgainHint) {
                    app.openScanner()
                }
            }
        } foot: {
            ActionButton(words.common.close, .secondary) { app.back() }
        }
    }

    private var otherPhone: some View {
        let hint = words.locked.otherPhoneHint(path: words.common.pathPhones)
        return ListRow(words.locked.otherPhone, icon: .devices, hint: hint, action: open)
    }

    private var open: (@MainActor () -> Void)? {
        guard let address = account.label?.iss else { return nil }
        return { _ = app.around.device.browse(address) }
    }
}

/// A pairing that was left before its code was typed: it still can be.
struct PairingWaitsPage: View {
    let app: AppModel
    let model: AccountModel
    let account: Account
    let code: String?
    @Environment(\.words) private var words

    var body: some View {
        let phone = app.around.device.name
        Page(Bar(words.serverTitle(account))) {
            if let code {
                let there = words.pairCode.onlyThereText(server: words.server(account))
                Title(words.pairCode.title)
                CodeDisplay(code)
                Paragraph(words.pairCode.text(phone: phone), strong: [phone])
                Banner(.info, words.pairCode.onlyThereTitle, words.beginning(there))
            } else {
                Title(words.pairCode.confirmTitle)
                Paragraph(words.pairCode.confirmText(phone: phone), strong: [phone])
            }
            remark
        } foot: {
            ActionButton(words.next.checkAgain, .primary, icon: .refresh) { model.refresh() }
                .disabled(model.shown.busy)
        }
    }

    @ViewBuilder
    private var remark: some View {
        if let problem = model.shown.problem {
            ErrorLine(words.sentence(of: problem, server: words.server(account)))
        } else {
            Hint(model.shown.busy ? words.common.working : words.pairCode.waiting)
        }
    }
}
