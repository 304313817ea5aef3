import SwiftUI

/// A row of a list: the whole row is the target.
struct ListRow<Trailing: View>: View {
    private let title: String
    private let icon: Icon?
    private let hint: String?
    private let look: RowLook
    private let trailing: Trailing
    private let action: (@MainActor () -> Void)?

    init(
        _ title: String,
        icon: Icon? = nil,
        hint: String? = nil,
        look: RowLook = RowLook(),
        @ViewBuilder trailing: () -> Trailing,
        action: (@MainActor () -> Void)? = nil
    ) {
        self.title = title
        self.icon = icon
        self.hint = hint
        self.look = look
        self.trailing = trailing()
        self.action = action
    }

    var body: some View {
        if let action {
            Button(action: action) { row }.buttonStyle(RowStyle())
        } else {
            row
        }
    }

    private var row: some View {
        HStack(spacing: 14) {
            VStack(spacing: 0) { face }.frame(maxWidth: .infinity, alignment: .leading)
            trailing
        }
        .padding(.horizontal, 16)
        .padding(.vertical, 10)
        .frame(minHeight: hint == nil ? Tokens.Size.rowOneLine : Tokens.Size.row)
        .contentShape(Rectangle())
    }

    private var face: some View {
        HStack(spacing: 14) {
            if let icon { Sign(icon, look.icon ?? (look.danger ? .cs.danger : .cs.text2)) }
            VStack(alignment: .leading, spacing: 0) {
                Text(title).font(.cs.bold).foregroundStyle(look.danger ? Color.cs.danger : Color.cs.text)
                if let hint {
                    Text(hint).font(look.hint == nil ? .cs.small : .cs.smallBold)
                        .foregroundStyle(look.hint ?? Color.cs.text2)
                }
            }
        }
        .frame(maxWidth: .infinity, alignment: .leading)
        .accessibilityElement(children: .combine)
    }
}

/// How a row differs from others.
struct RowLook {
    var danger = false
    var icon: Color?
    var hint: Color?
}

extension ListRow where Trailing == Onward? {
    /// A row that leads on if it does something, with the sign of that.
    init(_ title: String, icon: Icon? = nil, hint: String? = nil, action: (@MainActor () -> Void)? = nil) {
        self.init(title, icon: icon, hint: hint, trailing: { action == nil ? nil : Onward() }, action: action)
    }
}

/// The sign of a row that leads on.
struct Onward: View {
    var body: some View { Sign(.chevronRight, .cs.text2) }
}

/// A row that shades while it is pressed.
struct RowStyle: ButtonStyle {
    func makeBody(configuration: Configuration) -> some View {
        configuration.label.background(configuration.isPressed ? Color.cs.surface2 : .clear)
    }
}

/// A row with a switch: the row switches.
struct SwitchRow: View {
    let title: String
    let icon: Icon
    let isOn: Bool
    var hint: String?
    let change: (Bool) -> Void

    var body: some View {
        Toggle(isOn: Binding(get: { @MainActor in isOn }, set: { @MainActor in change($0) })) {
            HStack(spacing: 14) {
                Sign(icon, .cs.text2)
                VStack(alignment: .leading, spacing: 0) {
                    Text(title).font(.cs.bold).foregroundStyle(Color.cs.text)
                    if let hint { Text(hint).font(.cs.small).foregroundStyle(Color.cs.text2) }
                }
            }
        }
        .tint(Color.cs.primary)
        .padding(.horizontal, 16)
        .padding(.vertical, 10)
        .frame(minHeight: Tokens.Size.row)
    }
}

/// One of several: a check mark says which is chosen.
struct OptionRow: View {
    let title: String
    var hint: String?
    let isChosen: Bool
    let choose: @MainActor () -> Void

    var body: some View {
        Button(action: choose) {
            HStack(spacing: 14) {
                VStack(alignment: .leading, spacing: 0) {
                    Text(title).font(.cs.bold).foregroundStyle(Color.cs.text)
                    if let hint { Text(hint).font(.cs.small).foregroundStyle(Color.cs.text2) }
                }
                .frame(maxWidth: .infinity, alignment: .leading)
                Sign(.check, isChosen ? .cs.primary : .clear)
            }
            .padding(.horizontal, 16)
            .padding(.vertical, 10)
            .frame(minHeight: Tokens.Size.rowOneLine)
            .contentShape(Rectangle())
        }
        .buttonStyle(RowStyle())
        .accessibilityElement(children: .combine)
        .accessibilityAddTraits(isChosen ? [.isButton, .isSelected] : .isButton)
    }
}
