import CountersignFFI
import CountersignKit
import SwiftUI

/// Unlinking this phone: what will be lost, and what came of it (A5).
struct UnlinkScreen: View {
    let app: AppModel
    let model: UnlinkModel
    @Environment(\.words) private var words

    var body: some View {
        if let outcome = model.shown.state {
            gone(outcome)
        } else if let problem = model.shown.problem {
            if problem.advice == .connect || problem.advice == .wait {
                notReached(maybe: problem != .Unreachable(sent: false))
            } else {
                ProblemPage(app, problem, of: model.account) { model.understood() }
            }
        } else {
            question
        }
    }

    private var question: some View {
        let own = words.unlink
        return Page(Bar()) {
            Title(own.title(server: server))
            Card {
                VStack(spacing: 14) {
                    Point(.close, own.loses(account: name))
                    Point(.close, own.history)
                    Point(.check, own.others)
                }
                .padding(16)
            }
            if model.phones == 1 { Banner(.warning, own.onlyTitle, own.onlyText) }
            if model.shown.busy { Hint(words.common.working).said(words.common.working, .politely) }
        } foot: {
            ActionButton(own.unlink, .danger, icon: .linkOff) { model.unlink() }.disabled(model.shown.busy)
            ActionButton(own.keep, .secondary) { app.back() }.disabled(model.shown.busy)
        }
    }

    /// Nothing is deleted here before the server knows: no phone stays in its list that nobody holds.
    private func notReached(maybe: Bool) -> some View {
        let own = words.unlink
        let title = words.beginning(own.notReachedTitle(server: server))
        let text = maybe ? own.notReachedMaybe(server: server) : own.notReachedText(server: server)
        return EndPage(Ending(.wifiOff, .neutral, title, text, said: .atOnce), bar: Bar()) {
            ActionButton(words.common.tryAgain, .primary, icon: .refresh) { model.unlink() }
            ActionButton(own.keep, .secondary) { app.back() }
        }
    }

    private func gone(_ outcome: Unlinked) -> some View {
        let here = words.unlink.onlyHereText(server: server, path: words.common.pathPhones)
        let text =
            switch outcome {
            case .everywhere: words.unlink.doneText(account: name)
            case .onlyHere: words.beginning(here)
            }
        return EndPage(Ending(.check, .success, words.unlink.doneTitle, text, strong: [name])) {
            ActionButton(words.common.done, .primary) { app.done() }
        }
    }

    private var server: String { words.server(model.account) }
    private var name: String { model.account.label?.account ?? server }
}
