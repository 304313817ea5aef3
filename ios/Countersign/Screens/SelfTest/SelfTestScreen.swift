import CountersignFFI
import CountersignKit
import SwiftUI

/// "Why does nothing arrive?": what was found, each with its remedy (H1).
struct SelfTestScreen: View {
    let app: AppModel
    let model: SelfTestModel
    @Environment(\.words) private var words

    var body: some View {
        if let problem = model.shown.problem {
            ProblemPage(app, problem) { model.test() }
        } else if let state = model.shown.state {
            findings(state)
        } else {
            WorkingPage(Bar(words.selfTest.bar), words.selfTest.testing)
        }
    }

    private func findings(_ state: SelfTestModel.State) -> some View {
        let own = words.selfTest
        let lines = state.findings.map { words.line(of: $0, all: state.findings) }.sorted { $0.weight < $1.weight }
        let wrong = lines.filter { $0.weight.needsAttention }.count
        let title = wrong == 0 ? own.titleGood : own.title(n: wrong, all: String(lines.count))
        let busy = model.shown.busy
        return Page(Bar(own.bar)) {
            Title(title, said: .politely)
            Card {
                Rows(lines) { LineRow(app: app, model: model, line: $0) }
            }
            Hint(busy ? own.testing : own.testedAt(time: words.times.clock(state.at)), centred: true)
        } foot: {
            ActionButton(own.again, .primary, icon: .refresh) { model.test() }.disabled(busy)
        }
    }
}

/// A finding, and beside it, or below it in large type, what mends it.
private struct LineRow: View {
    let app: AppModel
    let model: SelfTestModel
    let line: Line
    @Environment(\.words) private var words
    @Environment(\.dynamicTypeSize) private var typeSize

    var body: some View {
        ListRow(line.title, icon: icon, hint: line.hint, look: RowLook(icon: colour)) {
            if !typeSize.stacks { remedy }
        }
        if typeSize.stacks { remedy.padding(.horizontal, 16) }
    }

    @ViewBuilder
    private var remedy: some View {
        switch line.remedy {
        case nil: EmptyView()
        case .page(let label, let page): button(label) { model.open(page) }
        case .look(let label, let account): button(label) { app.openAccount(account) }
        }
    }

    private func button(_ label: String, _ action: @escaping @MainActor () -> Void) -> some View {
        Button(action: action) {
            Text(label)
                .font(.cs.button)
                .foregroundStyle(Color.cs.primary)
                .frame(minWidth: Tokens.Size.target, minHeight: Tokens.Size.target)
        }
        .accessibilityLabel(words.common.joined(first: label, second: line.title))
    }

    private var icon: Icon {
        switch line.weight {
        case .wrong: .error
        case .care: .warning
        case .know: .info
        case .good: .checkCircle
        }
    }

    private var colour: Color {
        switch line.weight {
        case .wrong: .cs.danger
        case .care: .cs.warning
        case .know: .cs.info
        case .good: .cs.success
        }
    }
}
