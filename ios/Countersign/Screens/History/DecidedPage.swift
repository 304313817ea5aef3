import CountersignFFI
import CountersignKit
import SwiftUI

/// What was decided, with its code, and the two answers that come after it.
struct DecidedPage: View {
    let app: AppModel
    let model: DecidedModel
    @Environment(\.words) private var words
    @State private var asksToEnd = false
    @State private var asksToReport = false

    var body: some View {
        let face = DeedFace(decided.deed, words)
        Page(Bar()) {
            Chip(face.word, face.icon, face.mood)
            Title(decided.client)
            Card { code }
            Card { Facts(facts) }
        } foot: {
            if model.account != nil { answers.disabled(model.shown.busy) }
            if model.shown.busy { Hint(words.common.working) }
        }
        .question($asksToEnd) { endSheet }
        .question($asksToReport) { reportSheet }
    }

    private var decided: Decided { model.decided }

    private var code: some View {
        VStack(alignment: .leading, spacing: 4) {
            Hint(words.historyItem.code)
            Text(decided.signInCode).font(.cs.title.monospacedDigit()).foregroundStyle(Color.cs.text)
        }
        .padding(16)
        .accessibilityElement(children: .combine)
    }

    @ViewBuilder
    private var answers: some View {
        switch decided.deed {
        case .approved:
            ActionButton(words.historyItem.endSession, .secondary, icon: .logout) { asksToEnd = true }
            reportButton
        case .cancelled, .offlineCode: reportButton
        case .reported: EmptyView()
        }
    }

    private var reportButton: some View {
        ActionButton(words.common.itWasntMe, .danger, icon: .gppBad) { asksToReport = true }
    }

    @ViewBuilder
    private var endSheet: some View {
        let text = words.historyItem.endSessionText(service: decided.client)
        Title(words.historyItem.endSessionTitle)
        Paragraph(text, strong: [decided.client])
        ActionButton(words.historyItem.endSession, .primary, icon: .logout) {
            asksToEnd = false
            model.endSession()
        }
        ActionButton(words.common.cancel, .secondary) { asksToEnd = false }
    }

    @ViewBuilder
    private var reportSheet: some View {
        let hint = words.denySheet.afterHint(server: words.server(model.account))
        Title(words.denySheet.afterTitle)
        Choice(title: words.denySheet.report, hint: hint, icon: .gppBad, danger: true) {
            asksToReport = false
            model.report()
        }
        ActionButton(words.common.cancel, .secondary) { asksToReport = false }
    }

    private var facts: [Fact] {
        let moment = Date(seconds: decided.at)
        let time = words.time.dayClock(day: words.times.date(moment), time: words.times.clock(moment))
        let account = model.account.map {
            Fact(words.historyItem.account, words.serverTitle($0), note: $0.label?.account)
        }
        let facts = [account, Fact(words.historyItem.time, time), answer]
        return facts.compactMap { $0 }
    }

    private var answer: Fact? {
        switch decided.outcome {
        case .confirmed: Fact(words.historyItem.answer, words.outcome.confirmed)
        case .unknown: Fact(words.historyItem.answer, words.outcome.unknown)
        case .none: nil
        }
    }
}
