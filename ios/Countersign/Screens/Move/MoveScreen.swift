import CountersignFFI
import CountersignKit
import SwiftUI

/// Moving to a new phone, seen from this one: the PIN, a code for each account, the six digits of the new phone (A6).
struct MoveScreen: View {
    let app: AppModel
    let model: MoveModel
    @Environment(\.words) private var words
    @State private var moved = Moved()

    var body: some View {
        page
            .onChange(of: model.shown.state, initial: true) { moved.see(model.shown.state) }
            .onChange(of: model.shown.problem) { startCodeAgain() }
    }

    @ViewBuilder
    private var page: some View {
        if let problem = model.shown.problem, !problem.concernsPin, !isWrongCode(problem) {
            ProblemPage(app, problem, of: moved.asked(model.shown.state).first) { again() }
        } else {
            known
        }
    }

    @ViewBuilder
    private var known: some View {
        switch model.shown.state {
        case nil: WorkingPage(Bar(words.move.bar, back: .close { app.back() }))
        case .enterPin(_, let wrong):
            MovePinPage(
                app: app,
                model: model,
                moved: moved,
                answer: wrong.map { .wrong($0.left, 0, model.shown.since) }
            )
        case .wait(let retryIn):
            MovePinPage(app: app, model: model, moved: moved, answer: .wait(retryIn, model.shown.since))
        case .showCode(let account, let text, let left, let behind):
            let code = MoveCode(account: account, text: text, left: left, behind: Int(behind))
            MoveCodeScreen(app: app, model: model, moved: moved, code: code)
        case .done: done
        }
    }

    private var done: some View {
        let ending =
            moved.isNothing
            ? Ending(.swapHoriz, .neutral, words.failure.title, words.move.nothing)
            : Ending(.check, .success, words.move.doneTitle, words.move.doneText)
        return EndPage(ending) {
            ActionButton(words.common.done, .primary) { app.done() }
        }
    }

    private func again() {
        if model.shown.state == nil { model.begin() } else { model.understood() }
    }

    /// Not the digits of the new phone: they are typed again, and with them the PIN.
    private func startCodeAgain() {
        guard isWrongCode(model.shown.problem) else { return }
        model.number.clear()
        model.back()
    }

    private func isWrongCode(_ problem: Problem?) -> Bool { problem == .Refused(code: .confirmCodeIncorrect) }
}

/// What a code says of itself.
struct MoveCode {
    let account: Account
    let text: String
    let left: TimeInterval
    /// How many accounts come after this one.
    let behind: Int
}
