import CountersignFFI
import CountersignKit
import SwiftUI

/// One account with its phones, or what has become of it (A2, A4, A7, A8).
struct AccountScreen: View {
    let app: AppModel
    let model: AccountModel

    var body: some View {
        page.onAppear {
            // What was done on a page in front of this one shows here.
            if model.shown.state?.standing != nil { model.refresh() }
        }
    }

    @ViewBuilder
    private var page: some View {
        if model.shown.problem == .NoSuchAccount {
            ProblemPage(app, .NoSuchAccount)
        } else if let state = model.shown.state {
            KnownAccount(app: app, model: model, state: state)
        } else if let problem = model.shown.problem {
            ProblemPage(app, problem) { model.begin() }
        } else {
            WorkingPage(Bar())
        }
    }
}

/// As the vault has it.
private struct KnownAccount: View {
    let app: AppModel
    let model: AccountModel
    let state: AccountModel.State

    var body: some View {
        switch state.account.state {
        case .active: ActiveAccount(app: app, model: model, state: state)
        case .pairing(let code): PairingWaitsPage(app: app, model: model, account: state.account, code: code)
        case .removed(let why, let at):
            RemovedPage(app: app, model: model, account: state.account, removal: Removal(why: why, at: at))
        case .damaged: KeysLostPage(app: app, account: state.account)
        }
    }
}

/// Active as far as this phone knows: the server may have said otherwise a moment ago.
private struct ActiveAccount: View {
    let app: AppModel
    let model: AccountModel
    let state: AccountModel.State

    var body: some View {
        switch model.shown.problem {
        case .NeedsRepair: KeysLostPage(app: app, account: state.account)
        case .Locked(let notice): LockedForGoodPage(app: app, account: state.account, why: notice?.why)
        case .Revoked(let notice): removed(notice.map { Removal(why: $0.why, at: $0.at) })
        default: standing
        }
    }

    @ViewBuilder
    private var standing: some View {
        switch state.standing {
        case .locked: LockedForGoodPage(app: app, account: state.account, why: nil)
        case .forgotten: removed(nil)
        case .enrolling: PairingWaitsPage(app: app, model: model, account: state.account, code: nil)
        case .active, nil: AccountPage(app: app, model: model, state: state)
        }
    }

    private func removed(_ removal: Removal?) -> some View {
        RemovedPage(app: app, model: model, account: state.account, removal: removal)
    }
}
