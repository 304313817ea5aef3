import CountersignFFI
import CountersignKit
import SwiftUI

/// The PIN that asks the servers for codes; one entry serves as many accounts as have it.
struct MovePinPage: View {
    let app: AppModel
    let model: MoveModel
    let moved: Moved
    let answer: PinAnswer?
    @Environment(\.words) private var words

    var body: some View {
        let bar = Bar(words.move.bar, back: .close { app.back() })
        PinTurn(bar, ask, model.pad, after: answer, server: server) {
            model.submit()
        } foot: {
            if let first = accounts.first {
                if moved.areSeveral { SkipButton(model: model, moved: moved, account: first) }
                ForgotPinButton(app: app, account: first)
            }
        }
    }

    private var accounts: [Account] { moved.asked(model.shown.state) }
    private var server: String { words.server(accounts.first) }

    private var ask: PinAsk {
        let names = words.listing(accounts.map { words.server($0) })
        return PinAsk(
            title: words.pin.title,
            purpose: accounts.count > 1 ? words.pin.toMoveSeveral(accounts: names) : words.pin.toMove(server: server),
            strong: [names],
            error: words.pinError(model.shown.problem, answer, server),
            busy: model.shown.busy
        )
    }
}

/// Leaves out the account that is asked for or shown.
struct SkipButton: View {
    let model: MoveModel
    let moved: Moved
    let account: Account
    @Environment(\.words) private var words

    var body: some View {
        ActionButton(words.move.skip, .text) {
            model.pad.clear()
            if model.skip() != nil { moved.skip(account) }
        }
        .disabled(model.shown.busy)
    }
}

/// The PIN of the account whose code was shown: with it the new phone is confirmed.
struct MoveConfirmPage: View {
    let app: AppModel
    let model: MoveModel
    let account: Account
    @Environment(\.words) private var words
    @Environment(\.clock) private var clock
    /// A refusal brings no state: its wait counts from when it is first seen here.
    @State private var since = Duration.zero

    var body: some View {
        let server = words.server(account)
        let bar = Bar(words.move.bar, back: .step { model.back() })
        PinTurn(bar, ask(server), model.pad, after: answer, server: server) {
            model.confirm()
        } foot: {
            ForgotPinButton(app: app, account: account)
        }
        .onChange(of: model.refused, initial: true) { since = clock.elapsed() }
    }

    private func ask(_ server: String) -> PinAsk {
        let problem = model.shown.problem.flatMap { $0.concernsPin ? $0 : nil }
        return PinAsk(
            title: words.pin.title,
            purpose: words.pin.toMove(server: server),
            strong: [server],
            error: words.pinError(problem, answer, server),
            busy: model.shown.busy
        )
    }

    private var answer: PinAnswer? {
        switch model.refused {
        case nil, .done: nil
        case .wrongPin(let left, let retryIn): .wrong(left, retryIn, since)
        case .wait(let retryIn): .wait(retryIn, since)
        }
    }
}
