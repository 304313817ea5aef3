import SwiftUI

/// What a keypad does.
struct Keys {
    let digit: (Int) -> Void
    let delete: @MainActor () -> Void
    /// OK, or nothing where the answers stand below.
    var ok: (@MainActor () -> Void)?
}

/// Three columns of digits in their usual places, delete at the bottom left, OK at the bottom right.
struct Keypad: View {
    let keys: Keys
    var okIsAwake = false
    var tight = false
    @Environment(\.words) private var words

    var body: some View {
        VStack(spacing: 8) {
            row(1...3)
            row(4...6)
            row(7...9)
            HStack(spacing: 8) {
                Key(spoken: words.spoken.deleteLastDigit, look: .bare, tight: tight, action: keys.delete) {
                    Sign(.backspace)
                }
                digit(0)
                last
            }
        }
        .environment(\.layoutDirection, .leftToRight)
        .accessibilityElement(children: .contain)
        .accessibilityLabel(words.spoken.numberPad)
    }

    private func row(_ digits: ClosedRange<Int>) -> some View {
        HStack(spacing: 8) {
            ForEach(digits, id: \.self) { digit($0) }
        }
    }

    private func digit(_ digit: Int) -> some View {
        Key(spoken: String(digit), look: .plain, tight: tight) {
            keys.digit(digit)
        } face: {
            Text(String(digit)).font(.system(size: 26, weight: .medium)).foregroundStyle(Color.cs.text)
        }
    }

    /// A quiet OK can be pressed and says what is missing.
    @ViewBuilder
    private var last: some View {
        if let ok = keys.ok {
            Key(spoken: words.common.ok, look: okIsAwake ? .awake : .quiet, tight: tight, action: ok) {
                Text(words.common.ok)
                    .font(.system(size: 18, weight: .semibold))
                    .foregroundStyle(okIsAwake ? Color.cs.onPrimary : Color.cs.text2)
            }
        } else {
            Color.clear.frame(maxWidth: .infinity).frame(height: tight ? Tokens.Size.button : Tokens.Size.key)
                .accessibilityHidden(true)
        }
    }
}

/// Keys keep their height, so their type keeps its size. A digit shall be typed and never spoken as a password.
private struct Key<Face: View>: View {
    enum Look {
        case plain
        case bare
        case awake
        case quiet
    }

    private let spoken: String
    private let look: Look
    private let tight: Bool
    private let action: @MainActor () -> Void
    private let face: Face

    init(
        spoken: String,
        look: Look,
        tight: Bool,
        action: @escaping @MainActor () -> Void,
        @ViewBuilder face: () -> Face
    ) {
        self.spoken = spoken
        self.look = look
        self.tight = tight
        self.action = action
        self.face = face()
    }

    var body: some View {
        Button(action: action) {
            face
                .frame(maxWidth: .infinity)
                .frame(height: tight ? Tokens.Size.button : Tokens.Size.key)
                .background(ground, in: shape)
                .overlay(shape.strokeBorder(look == .plain ? Color.cs.line : .clear, lineWidth: Tokens.Size.hairline))
                .contentShape(shape)
        }
        .buttonStyle(KeyStyle())
        .accessibilityLabel(spoken)
    }

    private var shape: RoundedRectangle { RoundedRectangle(cornerRadius: Tokens.Radius.m) }

    private var ground: Color {
        switch look {
        case .plain: .cs.surface
        case .bare: .clear
        case .awake: .cs.primary
        case .quiet: .cs.surface3
        }
    }
}

/// A key that is pressed shows it, unless somebody else may be looking at the screen: they would read the PIN from it.
private struct KeyStyle: ButtonStyle {
    @Environment(\.isEnabled) private var isEnabled
    @Environment(\.isSceneCaptured) private var isCaptured

    func makeBody(configuration: Configuration) -> some View {
        let isSeen = configuration.isPressed && !isCaptured
        configuration.label.opacity(isEnabled ? (isSeen ? 0.6 : 1) : 0.45)
    }
}

extension View {
    /// Digits, delete and OK of a keyboard that hangs on the phone do the same as the keys.
    func typed(into keys: Keys, enabled: Bool = true) -> some View {
        modifier(Typed(keys: keys, enabled: enabled))
    }
}

private struct Typed: ViewModifier {
    let keys: Keys
    let enabled: Bool
    @FocusState private var hasKeyboard: Bool

    func body(content: Content) -> some View {
        content
            .focusable()
            .focusEffectDisabled()
            .focused($hasKeyboard)
            .onAppear { hasKeyboard = true }
            .onKeyPress { press in
                enabled && take(press) ? .handled : .ignored
            }
    }

    private func take(_ press: KeyPress) -> Bool {
        if press.key == .delete {
            keys.delete()
        } else if press.key == .return, let ok = keys.ok {
            ok()
        } else if let digit = press.characters.first?.wholeNumberValue, (0...9).contains(digit) {
            keys.digit(digit)
        } else {
            return false
        }
        return true
    }
}
