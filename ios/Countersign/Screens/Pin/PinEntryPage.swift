import CountersignFFI
import CountersignKit
import SwiftUI

/// A PIN, typed digit by digit on keys of our own. What was typed is only ever a number of dots.
struct PinEntryPage<Beside: View, Foot: View>: View {
    private let bar: Bar
    private let ask: PinAsk
    private let pad: PinPad
    private let ok: @MainActor () -> Void
    private let beside: Beside
    private let foot: Foot
    @Environment(\.words) private var words
    @Environment(\.clock) private var clock
    @State private var lacksDigits = false

    init(
        _ bar: Bar,
        _ ask: PinAsk,
        _ pad: PinPad,
        ok: @escaping @MainActor () -> Void,
        @ViewBuilder beside: () -> Beside,
        @ViewBuilder foot: () -> Foot
    ) {
        self.bar = bar
        self.ask = ask
        self.pad = pad
        self.ok = ok
        self.beside = beside()
        self.foot = foot()
    }

    var body: some View {
        Page(bar) {
            VStack(spacing: Tokens.Space.s12) {
                question
                Dots(typed: pad.typed, wrong: error != nil)
                remark
                beside
            }
            .frame(maxWidth: .infinity)
        } foot: {
            Keypad(keys: keys, okIsAwake: hasEnough).disabled(ask.busy)
            foot
        }
        .typed(into: keys, enabled: !ask.busy)
        .task(id: pad.typed) { await wipeWhenIdle() }
        .onChange(of: told) {
            if let told { Speech.politely(told) }
        }
    }

    /// What is asked and what for: one heading, so that a screen reader says both before anything is typed.
    private var question: some View {
        VStack(spacing: Tokens.Space.s12) {
            Text(ask.title).font(.cs.title).foregroundStyle(Color.cs.text).multilineTextAlignment(.center)
            if let purpose = ask.purpose { Paragraph(purpose, strong: ask.strong, centred: true) }
        }
        .accessibilityElement(children: .combine)
        .accessibilityAddTraits(.isHeader)
        .accessibilitySortPriority(3)
        .readFirst()
    }

    /// An error stands below the dots and is read before them.
    @ViewBuilder
    private var remark: some View {
        if ask.busy {
            Hint(words.common.working, centred: true)
        } else if let error {
            ErrorLine(error, centred: true).accessibilitySortPriority(2)
        } else if lacksDigits {
            ErrorLine(words.choosePin.tooShort(n: ask.minDigits), centred: true)
        } else if let hint = ask.hint {
            Hint(hint, centred: true)
        }
    }

    /// What a screen reader says when it comes while the page is shown: that the app is at work, or that a face was not
    /// recognised. Errors speak for themselves.
    private var told: String? { ask.busy ? words.common.working : ask.error == nil ? ask.hint : nil }

    private var error: String? { pad.typed == 0 ? ask.error : nil }
    private var hasEnough: Bool { pad.typed >= ask.minDigits }

    private var keys: Keys {
        Keys(
            digit: {
                lacksDigits = false
                pad.push($0)
            },
            delete: { pad.backspace() },
            ok: { if hasEnough { ok() } else { lacksDigits = true } }
        )
    }

    /// Digits that nobody goes on with are wiped (architecture 2.4).
    private func wipeWhenIdle() async {
        try? await clock.sleep(60)
        if !Task.isCancelled { pad.clear() }
    }
}

extension PinEntryPage where Beside == EmptyView {
    init(_ bar: Bar, _ ask: PinAsk, _ pad: PinPad, ok: @escaping @MainActor () -> Void, @ViewBuilder foot: () -> Foot) {
        self.init(bar, ask, pad, ok: ok, beside: { EmptyView() }, foot: foot)
    }
}

/// The way out for whoever does not know it.
struct ForgotPinButton: View {
    let app: AppModel
    let account: Account
    @Environment(\.words) private var words
    @Environment(\.isLocked) private var isLocked

    var body: some View {
        ActionButton(isLocked ? words.locked.forgot : words.pin.forgot, isLocked ? .secondary : .text) {
            app.openForgottenPin(account)
        }
    }
}
