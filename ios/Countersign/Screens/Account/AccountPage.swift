import CountersignFFI
import CountersignKit
import SwiftUI

/// Everything about an account on one page: phones, security, and the way out (A4).
struct AccountPage: View {
    let app: AppModel
    let model: AccountModel
    let state: AccountModel.State
    @Environment(\.words) private var words
    @State private var chosen: Phone?
    @State private var showsMenu = false
    @State private var renames = false

    var body: some View {
        Page(Bar(name: words.serverTitle(account))) {
            Title(words.serverTitle(account))
            if let label = account.label { Hint(label.account) }
            if let settled = state.settled { SettledBanner(settled) }
            Heading(words.account.phones, quiet: true)
            PhoneList(model: model, state: state) { phone in
                chosen = phone
                showsMenu = true
            }
            Heading(words.account.security, quiet: true)
            SecurityCard(app: app, account: account)
            Card {
                ListRow(
                    words.account.unlink,
                    icon: .linkOff,
                    look: RowLook(danger: true),
                    trailing: { EmptyView() },
                    action: { app.openUnlink(account, phones: state.phones?.count) }
                )
            }
        }
        .question($showsMenu) { menu }
        .question($renames) {
            model.understood()
        } content: {
            RenameSheet(model: model, account: account, present: chosen?.name ?? "") { renames = false }
        }
    }

    private var account: Account { state.account }

    @ViewBuilder
    private var menu: some View {
        if let chosen {
            PhoneMenu(phone: chosen) {
                showsMenu = false
            } rename: {
                showsMenu = false
                renames = true
            } remove: {
                showsMenu = false
                app.openRemoval(account, chosen)
            }
        }
    }
}

/// What protects the account here.
private struct SecurityCard: View {
    let app: AppModel
    let account: Account
    @Environment(\.words) private var words
    @Environment(\.sensor) private var sensor

    var body: some View {
        let own = words.of(sensor)
        Card {
            ListRow(words.account.changePin, icon: .pin) { app.openPinChange(account) }
            Hairline()
            SwitchRow(title: own.name, icon: own.icon, isOn: account.label?.biometrics == true) { _ in
                app.openBiometrics(account)
            }
            Hairline()
            ListRow(words.account.history, icon: .history) { app.openHistory() }
            Hairline()
            ListRow(words.account.move, icon: .swapHoriz) { app.openMove([account]) }
            if let level = account.label?.level {
                Hairline()
                let protection = words.account.protection(level: words.protection(of: level))
                ListRow(words.keysIn(level), icon: .encrypted, hint: protection)
            }
        }
    }
}
