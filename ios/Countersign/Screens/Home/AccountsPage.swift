import CountersignFFI
import CountersignKit
import SwiftUI

/// One account or several, and the requests that wait (A3, S1, S2).
struct AccountsPage: View {
    let app: AppModel
    let model: HomeModel
    let state: HomeModel.State
    @Environment(\.words) private var words

    var body: some View {
        Page(bar) {
            Title(words.accounts.title)
            SetAside(app: app)
            if !state.waiting.isEmpty { waiting }
            ForEach(state.settled.indices, id: \.self) { place in
                SettledBanner(state.settled[place].settled, server: words.server(state.settled[place].account))
            }
            if !state.waiting.isEmpty { Heading(words.accounts.title, quiet: true) }
            accounts
            if state.waiting.isEmpty { NothingWaits(model: model, state: state) }
            ForEach(state.silent.indices, id: \.self) { place in SilentAccount(silent: state.silent[place]) }
        } foot: {
            ActionButton(words.accounts.scan, .primary, icon: .qrCodeScanner) { app.openScanner() }
            ActionButton(words.accounts.add, .text, icon: .add) { app.openScanner() }
        }
        .refreshable { await model.check()?.value }
    }

    private var bar: Bar {
        Bar(
            name: words.accounts.title,
            actions: [
                BarAction(icon: .history, spoken: words.common.history) { app.openHistory() },
                BarAction(icon: .settings, spoken: words.common.settings) { app.openSettings() },
            ]
        )
    }

    @ViewBuilder
    private var waiting: some View {
        Heading(words.accounts.waiting, quiet: true)
        Card {
            Rows(state.waiting) { request in
                Countdown(request.terms.left, since: model.shown.since) { seconds in
                    WaitingRow(request: request, seconds: seconds) { app.openRequest(request) }
                }
            }
        }
    }

    private var accounts: some View {
        Card {
            Rows(state.accounts) { account in
                AccountRow(account, state: remark(account)) { app.openAccount(account) }
            }
        }
    }

    /// What is to be said of an account that cannot simply be used.
    private func remark(_ account: Account) -> String? {
        switch account.state {
        case .active: nil
        case .pairing: words.accounts.pairing
        case .removed: words.accounts.removed
        case .damaged: words.accounts.lostKeys
        }
    }
}

private struct WaitingRow: View {
    let request: Request
    let seconds: Int
    let action: @MainActor () -> Void
    @Environment(\.words) private var words

    var body: some View {
        Button(action: action) {
            HStack(spacing: 14) {
                Monogram(request.account)
                VStack(alignment: .leading, spacing: 2) {
                    Text(title).font(.cs.bold).foregroundStyle(Color.cs.text)
                    Hint(words.common.joined(first: server, second: left))
                }
                .frame(maxWidth: .infinity, alignment: .leading)
                Onward()
            }
            .padding(16)
            .contentShape(Rectangle())
        }
        .buttonStyle(RowStyle())
        .accessibilityLabel(spoken)
    }

    private var server: String { words.server(request.account) }
    private var left: String { words.time.left(time: minutesAndSeconds(seconds)) }

    private var title: String {
        switch request.kind {
        case .login: words.accounts.signInTo(service: request.client)
        case .sign: words.accounts.requestOf(service: request.client)
        }
    }

    private var spoken: String {
        let time = words.spokenLeft(seconds)
        return switch request.kind {
        case .login: words.spoken.waitingRequest(service: request.client, server: server, time: time)
        case .sign: words.spoken.waitingSignRequest(service: request.client, server: server, time: time)
        }
    }
}

private struct NothingWaits: View {
    let model: HomeModel
    let state: HomeModel.State
    @Environment(\.words) private var words

    var body: some View {
        Card {
            VStack(spacing: Tokens.Space.s8) {
                Sign(.inbox, .cs.text2, size: 32)
                Text(model.shown.busy ? words.accounts.checking : words.accounts.noRequest)
                    .font(.cs.bold)
                    .foregroundStyle(Color.cs.text)
                Hint(checked, centred: true)
                ActionButton(words.accounts.check, .secondary, icon: .refresh) { model.check() }
                    .disabled(model.shown.busy)
            }
            .padding(16)
            .frame(maxWidth: .infinity)
        }
    }

    private var checked: String {
        state.checkedAt.map { words.accounts.checkedAt(time: words.times.clock($0)) } ?? words.accounts.notChecked
    }
}

/// A server that gave no list is said: an empty list would look like "nothing waits".
struct SilentAccount: View {
    let silent: Silent
    @Environment(\.words) private var words

    var body: some View {
        let server = words.server(silent.account)
        Banner(.warning, words.accounts.noAnswer(server: server), words.sentence(of: silent.problem, server: server))
    }
}
