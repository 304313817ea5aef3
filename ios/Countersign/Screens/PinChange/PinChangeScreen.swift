import CountersignFFI
import CountersignKit
import SwiftUI

/// Another PIN for one account: the present one, the new one twice, and what came of it (A1).
struct PinChangeScreen: View {
    let app: AppModel
    let model: PinChangeModel
    @Environment(\.words) private var words
    /// What every server asks for at least; this one's own minimum comes with the flow.
    @State private var least = 4

    var body: some View {
        page.onChange(of: model.shown.state, initial: true) {
            if case .enterPins(let minDigits) = model.shown.state { least = Int(minDigits) }
        }
    }

    @ViewBuilder
    private var page: some View {
        if let problem = model.shown.problem, !problem.concernsPin, !isUnanswered {
            ProblemPage(app, problem, of: model.account) { again() }
        } else {
            known
        }
    }

    @ViewBuilder
    private var known: some View {
        let since = model.shown.since
        switch model.shown.state {
        case nil: WorkingPage(Bar(words.changePin.bar))
        case .enterPins: entry(nil)
        case .wrongPin(let left, let retryIn): entry(.wrong(left, retryIn, since))
        case .wait(let retryIn): entry(.wait(retryIn, since))
        case .unanswered(let retryIn): AnswerLostPage(app: app, model: model, retryIn: retryIn)
        case .changed: changed
        case .notChanged: notChanged
        }
    }

    private func entry(_ answer: PinAnswer?) -> some View {
        PinChangeEntryPage(app: app, model: model, least: least, answer: answer)
    }

    private var changed: some View {
        let text = words.changePin.doneText(server: server)
        return EndPage(Ending(.check, .success, words.changePin.doneTitle, text, strong: [server])) {
            ActionButton(words.common.done, .primary) { app.back() }
        }
    }

    private var notChanged: some View {
        let text = words.changePin.notDoneText(server: server)
        let ending = Ending(.pin, .warning, words.changePin.notDoneTitle, text, strong: [server], said: .atOnce)
        return EndPage(ending, bar: Bar(words.changePin.bar)) {
            ActionButton(words.common.tryAgain, .primary, icon: .refresh) {
                app.back()
                app.openPinChange(model.account)
            }
            ActionButton(words.common.close, .secondary) { app.back() }
        }
    }

    private func again() {
        if model.shown.state == nil { model.begin() } else { model.understood() }
    }

    private var server: String { words.server(model.account) }

    private var isUnanswered: Bool {
        if case .unanswered = model.shown.state { true } else { false }
    }
}
