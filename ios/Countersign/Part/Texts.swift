import SwiftUI

/// The question or the fact that a page is about: where a screen reader begins.
struct Title: View {
    let text: String
    var centred = false
    var said: Said?
    @Environment(\.isInSheet) private var isInSheet

    init(_ text: String, centred: Bool = false, said: Said? = nil) {
        self.text = text
        self.centred = centred
        self.said = said
    }

    var body: some View {
        Text(text)
            .font(isInSheet ? .cs.heading : .cs.title)
            .foregroundStyle(Color.cs.text)
            .multilineTextAlignment(centred ? .center : .leading)
            .frame(maxWidth: .infinity, alignment: centred ? .center : .leading)
            .accessibilityAddTraits(.isHeader)
            .said(text, said)
            .readFirst()
    }
}

/// A paragraph. `strong` parts of it are bold: names that came from outside.
struct Paragraph: View {
    let text: String
    var strong: [String] = []
    var centred = false

    init(_ text: String, strong: [String] = [], centred: Bool = false) {
        self.text = text
        self.strong = strong
        self.centred = centred
    }

    var body: some View {
        Text(emphasised(text, strong))
            .font(.cs.body)
            .foregroundStyle(Color.cs.text2)
            .multilineTextAlignment(centred ? .center : .leading)
            .frame(maxWidth: .infinity, alignment: centred ? .center : .leading)
    }
}

/// A hint: smaller, quieter.
struct Hint: View {
    let text: String
    var centred = false

    init(_ text: String, centred: Bool = false) {
        self.text = text
        self.centred = centred
    }

    var body: some View {
        Text(text)
            .font(.cs.small)
            .foregroundStyle(Color.cs.text2)
            .multilineTextAlignment(centred ? .center : .leading)
            .frame(maxWidth: .infinity, alignment: centred ? .center : .leading)
    }
}

/// A heading above a card, or within a page.
struct Heading: View {
    let text: String
    var quiet = false

    init(_ text: String, quiet: Bool = false) {
        self.text = text
        self.quiet = quiet
    }

    var body: some View {
        Text(text)
            .font(quiet ? .cs.smallBold : .cs.bold)
            .foregroundStyle(quiet ? Color.cs.text2 : Color.cs.text)
            .frame(maxWidth: .infinity, alignment: .leading)
            .padding(.leading, quiet ? 4 : 0)
            .accessibilityAddTraits(.isHeader)
    }
}

/// What is wrong, under the field that it is about; said once, at once.
struct ErrorLine: View {
    let text: String
    var centred = false
    @State private var isFelt = false

    init(_ text: String, centred: Bool = false) {
        self.text = text
        self.centred = centred
    }

    var body: some View {
        HStack(alignment: .firstTextBaseline, spacing: 8) {
            Sign(.error, Color.cs.danger, size: 20)
            Text(text).font(.cs.bold).foregroundStyle(Color.cs.danger)
        }
        .frame(maxWidth: .infinity, alignment: centred ? .center : .leading)
        .accessibilityElement(children: .combine)
        .said(text, .atOnce)
        .sensoryFeedback(.error, trigger: isFelt)
        .onAppear { isFelt = true }
    }
}

/// `text` with each of `strong` in bold, once, where it stands.
func emphasised(_ text: String, _ strong: [String]) -> AttributedString {
    var marked = AttributedString(text)
    for part in strong where !part.isEmpty {
        if let place = marked.range(of: part) {
            marked[place].inlinePresentationIntent = .stronglyEmphasized
        }
    }
    return marked
}
