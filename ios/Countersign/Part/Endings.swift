import SwiftUI

/// What something has come to: sign, title, one paragraph.
struct Ending {
    let icon: Icon
    let mood: Mood
    let title: String
    let text: String
    /// Parts of `text` in bold: names that came from outside.
    var strong: [String] = []
    /// How it is spoken when it appears.
    var said: Said? = .politely

    init(_ icon: Icon, _ mood: Mood, _ title: String, _ text: String, strong: [String] = [], said: Said? = .politely) {
        self.icon = icon
        self.mood = mood
        self.title = title
        self.text = text
        self.strong = strong
        self.said = said
    }
}

/// A page that says what something has come to.
struct EndPage<More: View, Foot: View>: View {
    private let ending: Ending
    private let bar: Bar
    private let more: More
    private let foot: Foot

    init(
        _ ending: Ending,
        bar: Bar = Bar(back: .none),
        @ViewBuilder more: () -> More,
        @ViewBuilder foot: () -> Foot
    ) {
        self.ending = ending
        self.bar = bar
        self.more = more()
        self.foot = foot()
    }

    var body: some View {
        Page(bar, centred: true) {
            BigSign(ending.icon, ending.mood)
            Title(ending.title, centred: true, said: ending.said)
            Paragraph(ending.text, strong: ending.strong, centred: true)
            more
        } foot: {
            foot
        }
    }
}

extension EndPage where More == EmptyView {
    init(_ ending: Ending, bar: Bar = Bar(back: .none), @ViewBuilder foot: () -> Foot) {
        self.init(ending, bar: bar, more: { EmptyView() }, foot: foot)
    }
}

/// A page that has nothing to show yet.
struct WorkingPage: View {
    let bar: Bar
    var text: String?
    @Environment(\.words) private var words

    init(_ bar: Bar, _ text: String? = nil) {
        self.bar = bar
        self.text = text
    }

    var body: some View {
        Page(bar, centred: true) {
            Paragraph(text ?? words.common.working, centred: true)
                .accessibilityAddTraits(.isHeader)
                .said(text ?? words.common.working, .politely)
        }
    }
}
