import CountersignFFI
import CountersignKit
import SwiftUI

/// The phone is paired.
struct PairedPage: View {
    let app: AppModel
    let id: AccountId
    @Environment(\.words) private var words
    @Environment(\.sensor) private var sensor
    @State private var account: Account?

    var body: some View {
        Page(Bar(back: .none), centred: true) {
            BigSign(.check, .success)
            Title(words.pairedDone.title, centred: true, said: .politely)
            if let account {
                let name = account.label?.account ?? ""
                let text = words.pairedDone.text(account: name, server: words.server(account))
                Paragraph(text, strong: [name], centred: true)
                Card { offer(account) }
            }
        } foot: {
            ActionButton(words.common.done, .primary) { app.paired() }
        }
        .task { account = await app.account(id) }
    }

    private func offer(_ account: Account) -> some View {
        let own = words.of(sensor)
        return SwitchRow(title: own.offer, icon: own.icon, isOn: false, hint: words.pairedDone.fingerprintHint) { _ in
            app.openBiometrics(account)
        }
    }
}

/// The server gave no answer: the same goes out again, by itself or at once.
struct PairingUnansweredPage: View {
    let model: PairingModel
    let retryIn: TimeInterval
    let server: String
    @Environment(\.words) private var words

    var body: some View {
        Page(Bar(), centred: true) {
            BigSign(.syncProblem, .neutral)
            Title(words.failure.lostAnswerTitle, centred: true, said: .atOnce)
            Paragraph(words.pairingState.unanswered(server: server), centred: true)
            Countdown(retryIn, since: model.shown.since) {
                Hint(words.noNetwork.retryIn(time: minutesAndSeconds($0)), centred: true)
            }
        } foot: {
            ActionButton(words.common.tryNow, .primary, icon: .refresh) { model.resend() }.disabled(model.shown.busy)
        }
    }
}

/// The offer has run out, or somebody else has taken it.
struct PairingOverPage: View {
    let app: AppModel
    let text: String
    let icon: Icon
    @Environment(\.words) private var words

    var body: some View {
        EndPage(Ending(icon, .warning, words.failure.pairingGoneTitle, text, said: .atOnce), bar: Bar()) {
            ActionButton(words.next.scanAgain, .primary, icon: .qrCodeScanner) { app.scanInstead() }
            ActionButton(words.next.backToAccounts, .secondary) { app.done() }
        }
    }
}
