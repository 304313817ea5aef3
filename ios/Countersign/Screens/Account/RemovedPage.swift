import CountersignFFI
import CountersignKit
import SwiftUI

/// Why and when (in seconds since 1970) the server removed this phone, by its own signature.
struct Removal {
    let why: NoticeWhy
    let at: UInt64
}

/// The server has removed this phone (A4, A7). Without its signature deleting is not offered.
struct RemovedPage: View {
    let app: AppModel
    let model: AccountModel
    let account: Account
    let removal: Removal?
    @Environment(\.words) private var words
    @State private var advises = false

    var body: some View {
        EndPage(Ending(.mobileOff, .neutral, words.removed.title, text), bar: Bar(words.serverTitle(account))) {
            if let refusal { ErrorLine(refusal) }
        } foot: {
            ActionButton(words.removed.pairAgain, .primary, icon: .qrCodeScanner) { app.openScanner() }
            if removal != nil {
                ActionButton(words.removed.delete, .secondary, icon: .delete) { model.forget { app.done() } }
                    .disabled(model.shown.busy)
            }
            if mayBeSomebodyElse {
                ActionButton(words.common.itWasntMe, .danger, icon: .gppBad) { advises = true }
            }
        }
        .question($advises) { advice }
    }

    private var text: String {
        let server = words.server(account)
        guard let removal else { return words.removed.textNoTime(server: server) }
        let moment = Date(seconds: removal.at)
        let (day, time) = (words.times.date(moment), words.times.clock(moment))
        return switch removal.why {
        case .web: words.removed.text(server: server, day: day, time: time)
        case .user: words.removed.textUser(server: server, day: day, time: time)
        case .moved: words.removed.textMoved(server: server, day: day, time: time)
        case .operator: words.removed.textOperator(server: server, day: day, time: time)
        case .attempts: words.removed.textAttempts(server: server, day: day, time: time)
        }
    }

    /// Whether somebody with the person's password or another of their phones may have done it.
    private var mayBeSomebodyElse: Bool {
        switch removal?.why {
        case .web, .user, .moved: true
        case .operator, .attempts, nil: false
        }
    }

    /// That deleting did not work. That the phone was removed, the page says already.
    private var refusal: String? {
        switch model.shown.problem {
        case nil, .Revoked, .Unreachable: nil
        case .some(let problem): words.sentence(of: problem, server: words.server(account))
        }
    }

    /// A removed phone can report nothing any more: what the person can do is on the web.
    @ViewBuilder
    private var advice: some View {
        let path = words.common.pathPhones
        Title(words.reported.whatNow)
        NumberedPoint(1, words.reported.password)
        NumberedPoint(2, words.forgottenPin.stepOpen(path: path), strong: [path])
        if let address = account.label?.iss {
            ActionButton(words.reported.change, .primary, icon: .openInNew) { _ = app.around.device.browse(address) }
        }
        ActionButton(words.common.close, .text) { advises = false }
    }
}
