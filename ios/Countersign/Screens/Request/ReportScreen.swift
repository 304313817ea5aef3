import CountersignKit
import SwiftUI

/// "It wasn't me", of a request that is over.
struct ReportScreen: View {
    let app: AppModel
    let model: ReportModel

    var body: some View {
        if let problem = model.shown.problem {
            ProblemPage(app, problem, of: model.account) { model.report() }
        } else if model.shown.state == nil {
            WorkingPage(Bar(back: .none))
        } else {
            ReportedPage(app: app, address: model.account.label?.iss)
        }
    }
}

/// "It wasn't me" has arrived: what happened, and what to do now.
struct ReportedPage: View {
    let app: AppModel
    let address: String?
    @Environment(\.words) private var words

    var body: some View {
        EndPage(Ending(.shield, .danger, words.reported.title, words.reported.textNoTime, said: .atOnce)) {
            WhatNow()
        } foot: {
            ReportedButtons(app: app, address: address)
        }
    }
}

/// What a person does after reporting. `code`: what support asks for, where it is known.
struct WhatNow: View {
    var code: String?
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: Tokens.Space.s12) {
            Heading(words.reported.whatNow)
            NumberedPoint(1, words.reported.password)
            NumberedPoint(2, words.reported.look)
            if let code { NumberedPoint(3, words.reported.code(code: code), strong: [code]) }
        }
    }
}

/// To the account's web page, where the password is changed.
struct ReportedButtons: View {
    let app: AppModel
    let address: String?
    @Environment(\.words) private var words

    var body: some View {
        if let address {
            ActionButton(words.reported.change, .primary, icon: .openInNew) { _ = app.around.device.browse(address) }
        }
        ActionButton(words.common.done, address == nil ? .primary : .secondary) { app.done() }
    }
}
