import CountersignFFI
import CountersignKit
import SwiftUI

/// What is asked, by whom, from where; the number; three answers of one weight (look.md 3).
struct ReadRequestPage: View {
    let model: RequestModel
    @Environment(\.words) private var words
    @Environment(\.clock) private var clock
    @Environment(\.scenePhase) private var phase
    @Environment(\.dynamicTypeSize) private var typeSize
    @State private var isTyping = false
    @State private var lacksNumber = false
    @State private var asksWhy = false
    @State private var isArmed = false

    var body: some View {
        Countdown(model.request.terms.left, since: model.readAt) { page($0) }
            .onAppear { isTyping = isTyping || wrongNumber != nil }
            .task(id: isInFront) { await arm() }
            .question($asksWhy) { DenySheet(model: model) { asksWhy = false } }
    }

    private func page(_ seconds: Int) -> some View {
        Page(Bar(title, back: .close { asksWhy = true }, seconds: seconds)) {
            RequestBody(request: model.request, compact: isCompact)
            if needsNumber { number }
        } foot: {
            if isTyping, needsNumber { Keypad(keys: keys, tight: true) }
            Answers(tiles: (isCompact || !model.request.rows.isEmpty) && !typeSize.stacks) {
                approve()
            } cancel: {
                model.deny(.cancel)
            } notMe: {
                asksWhy = true
            }
        }
        .disabled(model.shown.busy)
        .typed(into: keys, enabled: needsNumber && !model.shown.busy)
    }

    private var number: some View {
        VStack(alignment: .leading, spacing: Tokens.Space.s8) {
            Text(words.request.numberLabel).font(.cs.bold).foregroundStyle(Color.cs.text).accessibilityHidden(true)
            Cells(
                digits: model.number.digits,
                spoken: words.spoken.numberField(n: model.number.digits.count),
                wrong: wrongNumber != nil
            ) {
                isTyping = true
            }
            if let wrongNumber {
                ErrorLine(wrongNumber)
            } else if lacksNumber {
                ErrorLine(words.request.numberMissing)
            } else if !isTyping || typeSize.stacks {
                Hint(words.request.numberHint)
            }
        }
    }

    /// "Approve" works 700 ms after it was drawn or came to light again, and only in front: nobody approves what just slid
    /// under the finger (protocol 3.4.4).
    private func arm() async {
        isArmed = false
        guard isInFront else { return }
        try? await clock.sleep(Tokens.Motion.arm / 1000)
        isArmed = !Task.isCancelled
    }

    private func approve() {
        guard isArmed, isInFront else { return }
        if !model.approve() {
            isTyping = true
            lacksNumber = true
        }
    }

    /// Nothing lies upon the page: no cover, no question of the system's, no sheet.
    private var isInFront: Bool { phase == .active && !asksWhy }

    private var keys: Keys {
        Keys(
            digit: {
                isTyping = true
                lacksNumber = false
                model.number.push($0)
            },
            delete: { model.number.backspace() }
        )
    }

    private var needsNumber: Bool { model.request.terms.needsNumber }
    private var isCompact: Bool { isTyping && needsNumber && !typeSize.stacks }

    private var title: String {
        if typeSize.stacks { return words.request.titleShort }
        return model.request.kind == .sign ? words.request.signTitle : words.request.title
    }

    private var wrongNumber: String? {
        guard case .wrongNumber(let left) = model.shown.state, model.number.digits.isEmpty else { return nil }
        return left.map { words.numberWrong.text(n: Int($0)) } ?? words.numberWrong.textUnknown
    }
}
