import CountersignFFI
import CountersignKit
import SwiftUI

/// One request, from showing it to its outcome (S1 to S6, D1, H2).
struct RequestScreen: View {
    let app: AppModel
    let model: RequestModel
    @Environment(\.words) private var words

    var body: some View {
        if case .MessageRefused = model.shown.problem {
            over(words.failure.lostAnswerTitle, words.request.unclear(server: words.server(model.request.account)))
        } else if let problem = model.shown.problem, !isSaidBesideTheField(problem) {
            ProblemPage(app, problem, of: model.request.account) { model.understood() }
        } else {
            known
        }
    }

    @ViewBuilder
    private var known: some View {
        switch model.shown.state {
        case nil, .wrongNumber: Answering(app: app, model: model)
        case .wrongPin(let left, let retryIn):
            AfterWaiting(app: app, model: model, answer: .wrong(left, retryIn, model.shown.since))
        case .wait(let retryIn, let mayResend):
            AfterWaiting(app: app, model: model, answer: .wait(retryIn, model.shown.since), stays: mayResend)
        case .approved(let code, _, let returnTo):
            ApprovedPage(app: app, request: model.request, code: code, returnTo: returnTo)
        case .denied(.notMe): ReportedPage(app: app, address: model.request.account.label?.iss)
        case .denied(.cancel): over(words.cancelled.title, words.cancelled.text, .close)
        case .changed: ChangedPage(app: app)
        case .unanswered(let retryIn, let sent):
            RequestUnansweredPage(app: app, model: model, retryIn: retryIn, sent: sent)
        case .failed: over(words.failure.requestGoneTitle, words.signInState.failed)
        case .expired: over(words.expired.title, words.expired.text)
        case .cancelled: over(words.cancelled.title, words.signInState.cancelled)
        case .alreadyDecided(let state): over(words.failure.requestGoneTitle, decided(state))
        case .unknown: over(words.failure.requestGoneTitle, words.signInState.unknown)
        }
    }

    private func over(_ title: String, _ text: String, _ icon: Icon = .timer) -> some View {
        OverPage(app: app, request: model.request, ending: Ending(icon, .neutral, title, text, said: .atOnce))
    }

    /// Somebody, or this phone earlier, has answered it.
    private func decided(_ state: ServerState?) -> String {
        state.map { words.problem.transactionDecided(answer: words.word(of: $0)) } ?? words.signInState.alreadyDecided
    }

    /// Problems that the page of the number or of the PIN itself tells.
    private func isSaidBesideTheField(_ problem: Problem) -> Bool {
        switch problem {
        case .PinIncomplete, .NumberMissing, .NoBiometrics: true
        default: false
        }
    }
}

/// Reading, the number, the PIN.
private struct Answering: View {
    let app: AppModel
    let model: RequestModel

    var body: some View {
        switch model.stage {
        case .call: CallPage(model: model)
        case .read: ReadRequestPage(model: model)
        case .pin: RequestPinPage(app: app, model: model)
        }
    }
}

/// The next try: at once, or after a pause. `stays`: the same answer goes out again when the pause is over.
private struct AfterWaiting: View {
    let app: AppModel
    let model: RequestModel
    let answer: PinAnswer
    var stays = false
    @Environment(\.words) private var words

    var body: some View {
        Countdown(answer.retryIn, since: answer.since) { seconds in
            if model.stage != .read, seconds > 0 || stays {
                PausePage(
                    bar: Bar(back: .step { model.back() }),
                    answer: answer,
                    seconds: seconds,
                    server: words.server(model.request.account),
                    hint: words.pin.pauseHint
                ) {
                    ForgotPinButton(app: app, account: model.request.account)
                }
            } else {
                Answering(app: app, model: model)
            }
        }
    }
}
