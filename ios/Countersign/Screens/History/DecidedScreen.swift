import CountersignFFI
import CountersignKit
import SwiftUI

/// One decision, and what can still be done about it (A9, D1).
struct DecidedScreen: View {
    let app: AppModel
    let model: DecidedModel
    @Environment(\.words) private var words

    var body: some View {
        if let problem = model.shown.problem {
            ProblemPage(app, problem, of: model.account) { model.understood() }
        } else {
            switch model.shown.state {
            case nil: DecidedPage(app: app, model: model)
            case .ended: ended
            case .reported: ReportedAfterPage(app: app, decided: model.decided, account: model.account)
            }
        }
    }

    private var ended: some View {
        let client = model.decided.client
        let text = words.historyItem.endSessionText(service: client)
        return EndPage(Ending(.check, .success, words.historyItem.ended, text, strong: [client])) {
            ActionButton(words.common.done, .primary) { app.back() }
        }
    }
}

/// "It wasn't me", after the fact, has arrived: what happened, and what to do now (D1).
struct ReportedAfterPage: View {
    let app: AppModel
    let decided: Decided
    let account: Account?
    @Environment(\.words) private var words

    var body: some View {
        EndPage(Ending(.shield, .danger, words.reported.afterTitle, text, said: .atOnce)) {
            WhatNow(code: decided.signInCode)
        } foot: {
            ReportedButtons(app: app, address: account?.label?.iss)
        }
    }

    private var text: String {
        switch decided.deed {
        case .approved, .offlineCode, .reported: words.reported.afterText
        case .cancelled: words.reported.textNoTime
        }
    }
}
