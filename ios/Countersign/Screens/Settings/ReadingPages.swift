import SwiftUI

/// Short answers to what is asked most.
struct HelpPage: View {
    let close: @MainActor () -> Void
    @Environment(\.words) private var words

    var body: some View {
        let own = words.help
        let (add, phones) = (words.common.pathAddPhone, words.common.pathPhones)
        Page(Bar(own.title, back: .step(close))) {
            HelpAnswer(question: own.pair, answer: own.pairText(path: add), strong: add)
            HelpAnswer(question: own.pin, answer: own.pinText)
            HelpAnswer(question: own.lost, answer: own.lostText(path: phones), strong: phones)
            HelpAnswer(question: own.unknown, answer: own.unknownText, strong: words.common.itWasntMe)
        }
    }
}

private struct HelpAnswer: View {
    let question: String
    let answer: String
    var strong: String?

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Heading(question)
            Paragraph(answer, strong: strong.map { [$0] } ?? [])
        }
    }
}

/// What the app does for people who see, hear or move differently.
struct AccessibilityPage: View {
    let close: @MainActor () -> Void
    @Environment(\.words) private var words

    var body: some View {
        let own = words.accessibility
        Page(Bar(own.title, back: .step(close))) {
            Paragraph(own.text)
            Paragraph(own.otherWays)
        }
    }
}

/// Version and licences.
struct AboutPage: View {
    let close: @MainActor () -> Void
    @Environment(\.words) private var words
    @Environment(\.version) private var version

    var body: some View {
        let own = words.about
        Page(Bar(own.title, back: .step(close))) {
            if let version { Hint(words.settings.version(version: version)) }
            Paragraph(own.text)
            Paragraph(own.licence)
            Heading(own.parts, quiet: true)
            Paragraph(own.icons)
        }
    }
}
