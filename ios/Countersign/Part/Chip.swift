import SwiftUI

/// A short state in a rounded field.
struct Chip: View {
    let text: String
    let icon: Icon?
    var mood = Mood.neutral

    init(_ text: String, _ icon: Icon?, _ mood: Mood = .neutral) {
        self.text = text
        self.icon = icon
        self.mood = mood
    }

    var body: some View {
        HStack(spacing: 6) {
            if let icon { Sign(icon, ink, size: 16) }
            Text(text).font(.cs.chip).foregroundStyle(ink)
        }
        .padding(.horizontal, 10)
        .padding(.vertical, 3)
        .background(Soft(mood).ground, in: Capsule())
        .accessibilityElement(children: .combine)
    }

    private var ink: Color { mood == .neutral ? .cs.text2 : Soft(mood).text }
}
