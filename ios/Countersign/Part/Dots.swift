import SwiftUI

/// A dot for each digit, and no empty places: the length is known nowhere.
struct Dots: View {
    let typed: Int
    var wrong = false
    @Environment(\.words) private var words

    var body: some View {
        HStack(spacing: typed > 8 ? 8 : 18) {
            if typed == 0 {
                Text(words.pin.your).font(.cs.body).foregroundStyle(Color.cs.text2)
            }
            ForEach(0..<typed, id: \.self) { _ in
                Circle().fill(Color.cs.text).frame(width: 14, height: 14)
            }
        }
        .frame(minWidth: 200, minHeight: 44)
        .overlay(alignment: .bottom) {
            Rectangle().fill(wrong ? Color.cs.danger : Color.cs.outline).frame(height: Tokens.Size.border)
        }
        .accessibilityElement(children: .ignore)
        .accessibilityLabel(words.spoken.digitsTyped(n: typed))
        .onChange(of: typed) { Speech.politely(words.spoken.digitsTyped(n: typed)) }
        .sensitive()
    }
}
