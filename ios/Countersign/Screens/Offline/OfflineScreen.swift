import CountersignFFI
import CountersignKit
import SwiftUI

/// A sign-in without network: what the code says, the PIN, eight digits (S5).
struct OfflineScreen: View {
    let app: AppModel
    let model: OfflineModel
    @Environment(\.words) private var words

    var body: some View {
        if let problem = model.shown.problem, problem != .PinIncomplete {
            ProblemPage(app, problem, of: model.request.account) { model.begin() }
        } else {
            known
        }
    }

    @ViewBuilder
    private var known: some View {
        switch model.shown.state {
        case nil: WorkingPage(Bar(words.offline.title, back: .close { app.done() }))
        case .read(let network): ReadOfflinePage(app: app, model: model, network: network)
        case .pin: pin
        case .code(let digits, let left): OfflineCodePage(model: model, digits: digits, left: left)
        case .hidden: OfflineGonePage(app: app)
        case .reported: ReportedPage(app: app, address: nil)
        }
    }

    private var pin: some View {
        let request = model.request
        let ask = PinAsk(
            title: words.pin.title,
            purpose: words.pin.toGetCode(service: request.client),
            strong: [request.client],
            error: model.shown.problem.map { words.sentence(of: $0, server: words.server(request.account)) },
            busy: model.shown.busy
        )
        return PinEntryPage(Bar(back: .step { model.leavePin() }), ask, model.pad) {
            model.submit()
        } foot: {
            ForgotPinButton(app: app, account: request.account)
        }
    }
}
