import SwiftUI

/// A code to type elsewhere, in two groups, always from left to right; spoken digit by digit, and on no clipboard.
struct CodeDisplay: View {
    let digits: String
    @ScaledMetric(relativeTo: .largeTitle) private var size: CGFloat = Tokens.TypeStyle.number.size
    @Environment(\.dynamicTypeSize) private var typeSize

    init(_ digits: String) {
        self.digits = digits
    }

    var body: some View {
        Group {
            if typeSize.stacks {
                VStack(spacing: 4) { groups }
            } else {
                HStack(spacing: 18) { groups }
            }
        }
        .frame(maxWidth: .infinity)
        .environment(\.layoutDirection, .leftToRight)
        .accessibilityElement(children: .ignore)
        .accessibilityLabel(spoken)
        .sensitive()
    }

    @ViewBuilder
    private var groups: some View {
        group(digits.prefix(half))
        group(digits.dropFirst(half))
    }

    private func group(_ digits: Substring) -> some View {
        Text(String(digits))
            .font(.system(size: size, weight: .semibold).monospacedDigit())
            .foregroundStyle(Color.cs.text)
            .lineLimit(1)
            .minimumScaleFactor(0.5)
    }

    private var half: Int { digits.count / 2 }

    private var spoken: String {
        [digits.prefix(half), digits.dropFirst(half)]
            .map { $0.map { String($0) }.joined(separator: " ") }
            .joined(separator: ", ")
    }
}
