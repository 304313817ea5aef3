import CountersignFFI
import CountersignKit
import SwiftUI

/// Pairing, from the question to the paired phone (P1 to P3).
struct PairingScreen: View {
    let app: AppModel
    let model: PairingModel
    @Environment(\.words) private var words

    var body: some View {
        if model.lacksLock {
            ScreenLockPage(app: app) { model.accept() }
        } else if let problem = model.shown.problem, !problem.concernsPin {
            ProblemPage(app, problem, server: server) { model.begin() }
        } else if let state = model.shown.state {
            known(state)
        } else {
            WorkingPage(Bar())
        }
    }

    private var server: String { model.server ?? words.common.thisServer }

    @ViewBuilder
    private func known(_ state: PairingState) -> some View {
        switch state {
        case .addAgain(let existing):
            AddAgainPage(app: app, model: model, existing: existing, server: server)
        case .confirm(let server, let iss, let account, _):
            ConfirmPairingPage(app: app, model: model, server: server, iss: iss, account: account)
        case .choosePin(let minDigits):
            ChoosePinPage(model: model, least: Int(minDigits), server: server)
        case .unanswered(let retryIn):
            PairingUnansweredPage(model: model, retryIn: retryIn, server: server)
        case .typeCode(let code, let left, let returnTo):
            TypeCodePage(app: app, model: model, code: code, left: left, returnTo: returnTo)
        case .active(let account):
            PairedPage(app: app, id: account)
        case .gone:
            PairingOverPage(app: app, text: words.pairingState.gone, icon: .timer)
        case .claimedByAnother:
            PairingOverPage(app: app, text: words.pairingState.claimedByAnother, icon: .warning)
        }
    }
}
