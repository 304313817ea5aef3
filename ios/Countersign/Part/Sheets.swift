import SwiftUI

private struct SheetKey: EnvironmentKey {
    static let defaultValue = false
}

extension EnvironmentValues {
    /// Whether this stands in a sheet: titles are quieter there.
    var isInSheet: Bool {
        get { self[SheetKey.self] }
        set { self[SheetKey.self] = newValue }
    }
}

extension View {
    /// A question above a page: it takes the screen until it is answered; a pull or a touch beside it closes it.
    func question<Content: View>(
        _ isAsked: Binding<Bool>,
        closed: @escaping @MainActor () -> Void = {},
        @ViewBuilder content: @escaping () -> Content
    ) -> some View {
        sheet(isPresented: isAsked, onDismiss: closed) { SheetPage(content: content) }
    }
}

/// The ground of a sheet.
struct SheetPage<Content: View>: View {
    @ViewBuilder let content: () -> Content

    var body: some View {
        ScrollView {
            VStack(alignment: .leading, spacing: Tokens.Space.s12) { content() }
                .padding(.horizontal, Tokens.Size.margin)
                .padding(.top, Tokens.Space.s24)
                .padding(.bottom, Tokens.Space.s24)
        }
        .background(Color.cs.surface)
        .environment(\.isInSheet, true)
        .coveredWhenAway()
        .presentationDetents([.medium, .large])
        .presentationDragIndicator(.visible)
    }
}

/// A choice in a sheet: sign, bold line, what follows from it.
struct Choice: View {
    let title: String
    var hint: String?
    let icon: Icon
    var danger = false
    let action: @MainActor () -> Void

    var body: some View {
        Button(action: action) {
            HStack(alignment: .top, spacing: 14) {
                Sign(icon, danger ? .cs.danger : .cs.text)
                VStack(alignment: .leading, spacing: 2) {
                    Text(title).font(.cs.bold).foregroundStyle(Color.cs.text)
                    if let hint { Hint(hint) }
                }
            }
            .padding(.horizontal, 16)
            .padding(.vertical, 14)
            .frame(maxWidth: .infinity, alignment: .leading)
            .background(Color.cs.surface, in: shape)
            .overlay(shape.strokeBorder(danger ? Color.cs.danger : Color.cs.outline, lineWidth: Tokens.Size.border))
            .contentShape(shape)
        }
        .buttonStyle(.plain)
    }

    private var shape: RoundedRectangle { RoundedRectangle(cornerRadius: Tokens.Radius.m) }
}
