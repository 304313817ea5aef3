import SwiftUI

/// An icon. It says nothing by itself: the word is beside it, or on what carries it.
struct Sign: View {
    let icon: Icon
    let colour: Color
    @ScaledMetric private var size: CGFloat

    init(_ icon: Icon, _ colour: Color = Color.cs.text, size: CGFloat = Tokens.Size.icon) {
        self.icon = icon
        self.colour = colour
        _size = ScaledMetric(wrappedValue: size, relativeTo: .body)
    }

    var body: some View {
        Image(icon.rawValue)
            .renderingMode(.template)
            .resizable()
            .frame(width: size, height: size)
            .foregroundStyle(colour)
            .accessibilityHidden(true)
    }
}

/// What a big sign, a banner or a chip is about.
enum Mood {
    case success
    case warning
    case danger
    case info
    case neutral
}

/// A sign's colour, its soft ground, and the text on that ground.
struct Soft {
    let sign: Color
    let ground: Color
    let text: Color

    init(_ mood: Mood) {
        switch mood {
        case .success: (sign, ground, text) = (.cs.success, .cs.successSoft, .cs.onSuccessSoft)
        case .warning: (sign, ground, text) = (.cs.warning, .cs.warningSoft, .cs.onWarningSoft)
        case .danger: (sign, ground, text) = (.cs.danger, .cs.dangerSoft, .cs.onDangerSoft)
        case .info: (sign, ground, text) = (.cs.info, .cs.infoSoft, .cs.onInfoSoft)
        case .neutral: (sign, ground, text) = (.cs.text2, .cs.surface2, .cs.text)
        }
    }
}

/// A sign in a soft circle, above a page's title.
struct BigSign: View {
    let icon: Icon
    let mood: Mood

    init(_ icon: Icon, _ mood: Mood) {
        self.icon = icon
        self.mood = mood
    }

    var body: some View {
        Sign(icon, sign, size: 56)
            .padding(20)
            .background(ground, in: Circle())
            .accessibilityHidden(true)
    }

    private var sign: Color { mood == .info ? .cs.primary : Soft(mood).sign }
    private var ground: Color { mood == .info ? .cs.primarySoft : Soft(mood).ground }
}

/// The brand's two halves, in the colours of day or night. Never mirrored.
struct BrandMark: View {
    var size: CGFloat = 28

    var body: some View {
        ZStack {
            half("mark_left", .cs.primary)
            half("mark_right", .cs.mark2)
        }
        .accessibilityHidden(true)
    }

    private func half(_ name: String, _ colour: Color) -> some View {
        Image(name).renderingMode(.template).resizable().frame(width: size, height: size).foregroundStyle(colour)
    }
}
