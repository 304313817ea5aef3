import SwiftUI

/// A page and a phone that show the same number: decoration, so nothing is said of it and it keeps its size.
struct WelcomePicture: View {
    var body: some View {
        ZStack(alignment: .bottomTrailing) {
            number(24)
                .frame(width: 190, height: 140)
                .background(Color.cs.surface, in: page)
                .overlay(page.strokeBorder(Color.cs.outline, lineWidth: Tokens.Size.border))
                .frame(width: 260, height: 180, alignment: .topLeading)
            VStack(spacing: 10) {
                number(13)
                Image(Icon.check.rawValue)
                    .renderingMode(.template)
                    .resizable()
                    .frame(width: 32, height: 32)
                    .foregroundStyle(Color.cs.primary)
                    .padding(6)
                    .background(Color.cs.primarySoft, in: Circle())
            }
            .frame(width: 88, height: 138)
            .background(Color.cs.surface, in: phone)
            .overlay(phone.strokeBorder(Color.cs.primary, lineWidth: 5))
        }
        .environment(\.layoutDirection, .leftToRight)
        .accessibilityHidden(true)
    }

    private var page: RoundedRectangle { RoundedRectangle(cornerRadius: 8) }
    private var phone: RoundedRectangle { RoundedRectangle(cornerRadius: Tokens.Radius.mono) }

    private func number(_ size: CGFloat) -> some View {
        Text(verbatim: "483 920")
            .font(.system(size: size, weight: .semibold).monospacedDigit())
            .foregroundStyle(Color.cs.text)
    }
}
