import CountersignFFI
import CountersignKit
import SwiftUI

/// Removing another phone: what will be lost, the PIN, done (A4, A7).
struct RemovePhoneScreen: View {
    let app: AppModel
    let model: RemovePhoneModel
    @Environment(\.words) private var words
    @State var asksPin = false

    var body: some View {
        if let problem = model.shown.problem, !problem.concernsPin {
            ProblemPage(app, problem, of: model.account) { model.understood() }
        } else if model.shown.state == .done {
            removed
        } else if asksPin {
            pin
        } else {
            question
        }
    }

    private var question: some View {
        let own = words.removePhone
        return Page(Bar()) {
            Title(own.title(phone: phone, server: server))
            Card {
                VStack(spacing: 14) {
                    Point(.close, own.text(phone: phone, account: model.account.label?.account ?? server))
                    Point(.pin, own.hint)
                }
                .padding(16)
            }
        } foot: {
            ActionButton(own.remove, .danger, icon: .linkOff) { asksPin = true }
            ActionButton(own.keep, .secondary) { app.back() }
        }
    }

    private var pin: some View {
        let ask = PinAsk(
            title: words.pin.title,
            purpose: words.pin.toRemovePhone(phone: phone, server: server),
            strong: [phone, server],
            error: words.pinError(model.shown.problem, answer, server),
            busy: model.shown.busy
        )
        return PinTurn(Bar(back: .step { leavePin() }), ask, model.pad, after: answer, server: server) {
            model.submit()
        } foot: {
            ForgotPinButton(app: app, account: model.account)
        }
    }

    private var removed: some View {
        let text = words.removePhone.doneText(phone: phone, server: server)
        return EndPage(Ending(.check, .success, words.removePhone.done, text, strong: [phone])) {
            ActionButton(words.common.done, .primary) { app.back() }
        }
    }

    private func leavePin() {
        model.pad.clear()
        asksPin = false
    }

    private var server: String { words.server(model.account) }
    private var phone: String { model.phone.name }

    private var answer: PinAnswer? {
        switch model.shown.state {
        case nil, .done: nil
        case .wrongPin(let left, let retryIn): .wrong(left, retryIn, model.shown.since)
        case .wait(let retryIn): .wait(retryIn, model.shown.since)
        }
    }
}
