import CountersignFFI
import CountersignKit
import SwiftUI

/// Accounts and what waits; the welcome before the first account.
struct HomeScreen: View {
    let app: AppModel
    let model: HomeModel
    @State private var hadAccount = false

    var body: some View {
        page.onChange(of: model.shown.state?.accounts.isEmpty, initial: true) {
            if model.shown.state?.accounts.isEmpty == false { hadAccount = true }
        }
    }

    @ViewBuilder
    private var page: some View {
        if let state = model.shown.state {
            if !state.accounts.isEmpty {
                AccountsPage(app: app, model: model, state: state)
            } else if hadAccount {
                NoAccountPage(app: app)
            } else {
                WelcomePage(app: app)
            }
        } else if let problem = model.shown.problem {
            ProblemPage(app, problem) { app.start() }
        } else {
            Page(Bar()) { BrandMark() }
        }
    }
}
