import CountersignKit
import SwiftUI

/// Six cells, three and three, always from left to right; three below three where there is no room. One field for a screen
/// reader, which says how many digits are typed.
struct Cells: View {
    private static let half = NumberField.length / 2

    let digits: String
    let spoken: String
    var wrong = false
    let action: @MainActor () -> Void

    var body: some View {
        Button(action: action) {
            ViewThatFits {
                HStack(spacing: 12) { halves }
                VStack(spacing: 6) { halves }
            }
            .frame(maxWidth: .infinity)
        }
        .buttonStyle(.plain)
        .environment(\.layoutDirection, .leftToRight)
        .accessibilityLabel(spoken)
        .onChange(of: digits.count) { Speech.politely(spoken) }
    }

    @ViewBuilder
    private var halves: some View {
        cells(0..<Self.half)
        cells(Self.half..<NumberField.length)
    }

    private func cells(_ places: Range<Int>) -> some View {
        HStack(spacing: 6) {
            ForEach(places, id: \.self) { place in
                Cell(digit: digit(place), wrong: wrong, current: place == digits.count)
            }
        }
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
        .frame(width: 48, height: 56)
        .background(Color.cs.surface, in: shape)
        .overlay(shape.strokeBorder(border, lineWidth: current ? 3 : Tokens.Size.border))
    }

    private var shape: RoundedRectangle { RoundedRectangle(cornerRadius: Tokens.Radius.s) }
    private var border: Color { wrong ? .cs.danger : current ? .cs.primary : .cs.outline }
}
