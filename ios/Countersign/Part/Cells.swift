import CountersignKit
import SwiftUI

/// Six cells, three and three, always from left to right. One field for a screen reader.
struct Cells: View {
    let digits: String
    let spoken: String
    var wrong = false
    let action: @MainActor () -> Void

    var body: some View {
        Button(action: action) {
            HStack(spacing: 6) {
                ForEach(0..<NumberField.length, id: \.self) { place in
                    if place == NumberField.length / 2 { Spacer().frame(width: 6) }
                    Cell(digit: digit(place), wrong: wrong, current: place == digits.count)
                }
            }
            .frame(maxWidth: .infinity)
        }
        .buttonStyle(.plain)
        .environment(\.layoutDirection, .leftToRight)
        .accessibilityLabel(spoken)
    }

    private func digit(_ place: Int) -> String? {
        digits.dropFirst(place).first.map { String($0) }
    }
}

/// Cells keep their size, so their digits do.
private struct Cell: View {
    let digit: String?
    let wrong: Bool
    let current: Bool

    var body: some View {
        ZStack {
            if let digit {
                Text(digit).font(.system(size: 28, weight: .semibold)).foregroundStyle(Color.cs.text)
            }
            if current { Rectangle().fill(Color.cs.primary).frame(width: 2, height: 28) }
        }
        .frame(height: 56)
        .frame(minWidth: 40, maxWidth: 48)
        .background(Color.cs.surface, in: shape)
        .overlay(shape.strokeBorder(border, lineWidth: current ? 3 : Tokens.Size.border))
    }

    private var shape: RoundedRectangle { RoundedRectangle(cornerRadius: Tokens.Radius.s) }
    private var border: Color { wrong ? .cs.danger : current ? .cs.primary : .cs.outline }
}
