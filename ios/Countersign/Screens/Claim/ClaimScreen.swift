import CountersignFFI
import CountersignKit
import SwiftUI

/// Which account a scanned sign-in is for (A3).
struct ClaimScreen: View {
    let app: AppModel
    let model: ClaimModel
    @Environment(\.words) private var words

    var body: some View {
        if let problem = model.shown.problem {
            ProblemPage(app, problem) { model.begin() }
        } else {
            known
        }
    }

    @ViewBuilder
    private var known: some View {
        switch model.shown.state {
        case nil, .claimed:
            WorkingPage(Bar(words.request.title, back: .close { app.back() }), words.scanner.opening)
        case .chooseAccount(let accounts):
            let text = words.otherAccount.chooseText(server: words.server(accounts.first))
            ChooseAccountPage(
                app: app,
                model: model,
                accounts: accounts,
                title: words.otherAccount.chooseTitle,
                text: text
            )
        case .otherAccount(let accounts):
            OtherAccountPage(app: app, model: model, accounts: accounts)
        case .unanswered(let account):
            ProblemPage(app, .Unreachable(sent: true)) { model.choose(account) }
        }
    }
}

/// Several accounts could be meant.
struct ChooseAccountPage: View {
    let app: AppModel
    let model: ClaimModel
    let accounts: [Account]
    let title: String
    let text: String
    @Environment(\.words) private var words

    var body: some View {
        Page(Bar(back: .close { app.back() })) {
            Title(title)
            Paragraph(text)
            Card {
                Rows(accounts) { account in AccountRow(account) { model.choose(account.id) } }
            }
        } foot: {
            ActionButton(words.otherAccount.notNow, .secondary) { app.back() }
        }
    }
}

/// The sign-in is for another account than any that this phone would take by itself: named, never switched silently.
struct OtherAccountPage: View {
    let app: AppModel
    let model: ClaimModel
    let accounts: [Account]
    @Environment(\.words) private var words

    var body: some View {
        if let only = accounts.first, accounts.count == 1 {
            page(only)
        } else {
            let (title, text) = (words.otherAccount.title, words.otherAccount.text)
            ChooseAccountPage(app: app, model: model, accounts: accounts, title: title, text: text)
        }
    }

    private func page(_ account: Account) -> some View {
        Page(Bar(back: .close { app.back() })) {
            Title(words.otherAccount.title)
            Hint(words.otherAccount.there)
            Card { AccountRow(account) }
            Paragraph(words.otherAccount.text)
        } foot: {
            ActionButton(words.otherAccount.switch, .primary, icon: .swapHoriz) { model.choose(account.id) }
            ActionButton(words.otherAccount.notNow, .secondary) { app.back() }
        }
    }
}
