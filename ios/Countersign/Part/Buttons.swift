import SwiftUI

/// What a button is for; its look follows.
enum ButtonKind {
    /// The main answer: one per screen.
    case primary
    /// Another answer.
    case secondary
    /// What stops or removes.
    case danger
    /// The way round.
    case text
    /// The main answer before it is ready: it can be pressed, and says what is missing.
    case quiet
}

/// A button of full width. `tile`: icon above the word, for three answers in one row.
struct ActionButton: View {
    private let label: String
    private let kind: ButtonKind
    private let icon: Icon?
    private let tile: Bool
    private let action: @MainActor () -> Void

    init(
        _ label: String,
        _ kind: ButtonKind,
        icon: Icon? = nil,
        tile: Bool = false,
        action: @escaping @MainActor () -> Void
    ) {
        self.label = label
        self.kind = kind
        self.icon = icon
        self.tile = tile
        self.action = action
    }

    var body: some View {
        Button(action: action) {
            if tile { tileFace } else { face }
        }
        .buttonStyle(ActionStyle(kind: kind, tile: tile))
    }

    private var face: some View {
        HStack(spacing: 10) {
            if let icon { Sign(icon, kind.ink, size: 22) }
            Text(label).font(.cs.button).multilineTextAlignment(.center)
        }
    }

    private var tileFace: some View {
        VStack(spacing: 2) {
            if let icon { Sign(icon, kind.ink, size: 22) }
            Text(label).font(.cs.smallBold).multilineTextAlignment(.center)
        }
    }
}

private struct ActionStyle: ButtonStyle {
    let kind: ButtonKind
    let tile: Bool
    @Environment(\.isEnabled) private var isEnabled

    func makeBody(configuration: Configuration) -> some View {
        configuration.label
            .foregroundStyle(kind.ink)
            .padding(.horizontal, tile ? 4 : 20)
            .padding(.vertical, tile ? 6 : 8)
            .frame(maxWidth: .infinity, minHeight: least, maxHeight: tile ? .infinity : nil)
            .background(ground(configuration.isPressed), in: shape)
            .overlay(shape.strokeBorder(kind.border, lineWidth: Tokens.Size.border))
            .contentShape(shape)
            .opacity(isEnabled ? 1 : 0.45)
    }

    private var shape: RoundedRectangle { RoundedRectangle(cornerRadius: Tokens.Radius.m) }

    private var least: CGFloat {
        if tile { return Tokens.Size.row }
        return kind == .text ? Tokens.Size.target : Tokens.Size.button
    }

    private func ground(_ pressed: Bool) -> Color {
        switch kind {
        case .primary: pressed ? .cs.primaryPress : .cs.primary
        case .secondary: pressed ? .cs.surface2 : .cs.surface
        case .danger: .cs.dangerSoft
        case .text: pressed ? .cs.surface2 : .clear
        case .quiet: .cs.surface3
        }
    }
}

extension ButtonKind {
    fileprivate var ink: Color {
        switch self {
        case .primary: .cs.onPrimary
        case .secondary: .cs.text
        case .danger: .cs.onDangerSoft
        case .text: .cs.primary
        case .quiet: .cs.text2
        }
    }

    fileprivate var border: Color {
        switch self {
        case .primary: .cs.primary
        case .secondary: .cs.outline
        case .danger: .cs.danger
        case .text: .clear
        case .quiet: .cs.surface3
        }
    }
}
