import CountersignFFI
import CountersignKit
import SwiftUI

/// One of the three entries. Before the last one is typed nothing is sent; going back wipes all of them.
struct PinChangeEntryPage: View {
    let app: AppModel
    let model: PinChangeModel
    let least: Int
    let answer: PinAnswer?
    @Environment(\.words) private var words
    @Environment(\.dynamicTypeSize) private var typeSize

    var body: some View {
        PinTurn(bar, ask, pad, after: told, server: server) {
            model.next()
        } foot: {
            if model.entry == .old { ForgotPinButton(app: app, account: model.account) }
        }
    }

    private var server: String { words.server(model.account) }
    private var told: PinAnswer? { model.entry == .old ? answer : nil }

    private var pad: PinPad {
        switch model.entry {
        case .old: model.old
        case .new: model.new
        case .again: model.again
        }
    }

    private var bar: Bar {
        Bar(barTitle, back: model.entry == .old ? .system : .step { model.startOver() })
    }

    /// Which entry it is matters more than what they are for, where there is no room for both.
    private var barTitle: String {
        let all = PinChangeModel.Entry.allCases
        let (step, steps) = (String((all.firstIndex(of: model.entry) ?? 0) + 1), String(all.count))
        return typeSize.stacks
            ? words.common.step(step: step, steps: steps)
            : words.common.titleStep(title: words.changePin.bar, step: step, steps: steps)
    }

    private var ask: PinAsk {
        switch model.entry {
        case .old:
            PinAsk(
                title: words.changePin.presentTitle,
                purpose: words.changePin.presentText,
                hint: words.changePin.onlyHere(server: server),
                error: words.pinError(model.shown.problem, told, server),
                busy: model.shown.busy
            )
        case .new:
            PinAsk(
                title: words.changePin.newTitle,
                purpose: words.changePin.newText(min: String(least)),
                hint: words.choosePin.hint,
                minDigits: least
            )
        case .again:
            PinAsk(
                title: words.changePin.repeatTitle,
                purpose: words.choosePin.repeatText,
                hint: words.choosePin.repeatHint,
                busy: model.shown.busy,
                minDigits: least
            )
        }
    }
}

/// The connection broke while the change was being saved: which PIN counts is found out, nothing is typed again.
struct AnswerLostPage: View {
    let app: AppModel
    let model: PinChangeModel
    let retryIn: TimeInterval
    @Environment(\.words) private var words

    var body: some View {
        let server = words.server(model.account)
        Page(Bar(words.changePin.bar, back: .none), centred: true) {
            Countdown(retryIn, since: model.shown.since) { seconds in
                Ring(seconds, of: retryIn, size: 96) { Sign(.syncProblem, size: 32) }
            }
            Title(words.changeLost.title, centred: true, said: .atOnce)
            Paragraph(words.changeLost.text(server: server), centred: true)
            if let problem = model.shown.problem {
                ErrorLine(words.sentence(of: problem, server: server), centred: true)
            }
        } foot: {
            ActionButton(words.common.tryNow, .primary, icon: .refresh) { model.resend() }.disabled(model.shown.busy)
            ActionButton(words.changeLost.close, .secondary) { app.back() }
        }
    }
}
