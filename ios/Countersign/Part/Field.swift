import SwiftUI

/// What a field is for; the keyboard follows.
enum FieldKind {
    case text
    case address
    case code
}

/// A field for a line of text, with its label above and its hint or error below.
struct Field: View {
    let label: String
    @Binding var text: String
    var hint: String?
    var error: String?
    var kind = FieldKind.text
    @FocusState private var isFocused: Bool

    var body: some View {
        VStack(alignment: .leading, spacing: 8) {
            Text(label).font(.cs.bold).foregroundStyle(Color.cs.text).accessibilityHidden(true)
            TextField(label, text: $text, prompt: Text(verbatim: ""))
                .font(.cs.body)
                .foregroundStyle(Color.cs.text)
                .focused($isFocused)
                .textInputAutocapitalization(kind == .code ? .characters : kind == .address ? .never : .sentences)
                .autocorrectionDisabled(kind != .text)
                .keyboardType(kind == .address ? .URL : .default)
                .padding(.horizontal, 14)
                .padding(.vertical, 12)
                .frame(minHeight: Tokens.Size.button)
                .background(Color.cs.surface, in: shape)
                .overlay(shape.strokeBorder(border, lineWidth: isFocused ? 3 : Tokens.Size.border))
            if let error { ErrorLine(error) } else if let hint { Hint(hint) }
        }
        .onChange(of: error) {
            if error != nil { isFocused = true }
        }
    }

    private var shape: RoundedRectangle { RoundedRectangle(cornerRadius: Tokens.Radius.s) }
    private var border: Color { error != nil ? .cs.danger : isFocused ? .cs.primary : .cs.outline }
}
