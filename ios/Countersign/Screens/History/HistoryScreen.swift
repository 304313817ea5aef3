import CountersignFFI
import CountersignKit
import SwiftUI

/// What was decided on this phone, newest first, a heading for each day (A9).
struct HistoryScreen: View {
    let app: AppModel
    let model: HistoryModel
    @Environment(\.words) private var words

    var body: some View {
        if let state = model.shown.state {
            if state.decided.isEmpty { empty } else { DecisionsPage(app: app, state: state) }
        } else if let problem = model.shown.problem {
            ProblemPage(app, problem) { model.begin() }
        } else {
            WorkingPage(Bar(words.historyList.title))
        }
    }

    private var empty: some View {
        let ending = Ending(.history, .neutral, words.historyList.emptyTitle, words.historyList.emptyText, said: nil)
        return EndPage(ending, bar: Bar(words.historyList.title)) {
            ActionButton(words.accounts.scan, .primary, icon: .qrCodeScanner) { app.openScanner() }
        }
    }
}

/// All of them, or those that are looked for.
struct DecisionsPage: View {
    let app: AppModel
    let state: HistoryModel.State
    @Environment(\.words) private var words
    @Environment(\.clock) private var clock
    @State private var sought: String?

    var body: some View {
        Page(Bar(words.historyList.title, actions: [search])) {
            if sought != nil { Field(label: words.historyList.searchLabel, text: text) }
            if found.isEmpty {
                let nothing = words.historyList.noMatch(text: sought ?? "")
                Paragraph(nothing).said(nothing, .politely)
            }
            ForEach(days, id: \.title) { day in
                Heading(day.title, quiet: true)
                Card { Rows(day.decided) { row($0) } }
            }
            Hint(words.historyList.hint)
            Hint(words.historyList.onWeb)
        }
    }

    private func row(_ one: Decided) -> some View {
        let account = state.accounts.first { $0.id == one.account }
        return DecidedRow(decided: one, account: account) { app.openDecided(one, account) }
    }

    private var search: BarAction {
        BarAction(
            icon: sought == nil ? .search : .close,
            spoken: sought == nil ? words.common.search : words.common.close
        ) {
            sought = sought == nil ? "" : nil
        }
    }

    private var text: Binding<String> {
        Binding(get: { @MainActor in sought ?? "" }, set: { @MainActor in sought = $0 })
    }

    private var found: [Decided] { matching(state.decided, sought ?? "") }

    private var days: [Day] {
        let now = clock.now()
        return found.reduce(into: []) { days, one in
            let title = words.times.heading(Date(seconds: one.at), now: now)
            if days.last?.title == title {
                days[days.count - 1].decided.append(one)
            } else {
                days.append(Day(title: title, decided: [one]))
            }
        }
    }
}

/// What was decided on one day.
private struct Day {
    let title: String
    var decided: [Decided]
}

/// By service or by code; whoever reads a code out leaves the hyphen away.
func matching(_ decided: [Decided], _ sought: String) -> [Decided] {
    let text = sought.trimmingCharacters(in: .whitespacesAndNewlines)
    let code = bare(text)
    if text.isEmpty { return decided }
    return decided.filter { one in
        one.client.range(of: text, options: .caseInsensitive) != nil
            || (!code.isEmpty && bare(one.signInCode).contains(code))
    }
}

private func bare(_ code: String) -> String { code.filter { $0.isLetter || $0.isNumber }.lowercased() }
