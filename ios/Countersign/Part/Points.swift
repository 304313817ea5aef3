import SwiftUI

/// One of several things to know, beside its sign.
struct Point: View {
    let icon: Icon
    let text: String

    init(_ icon: Icon, _ text: String) {
        self.icon = icon
        self.text = text
    }

    var body: some View {
        HStack(alignment: .top, spacing: 14) {
            Sign(icon, .cs.text2)
            Text(text).font(.cs.body).foregroundStyle(Color.cs.text)
        }
        .frame(maxWidth: .infinity, alignment: .leading)
        .accessibilityElement(children: .combine)
    }
}

/// One of several things to do, one after the other. `strong` parts are bold.
struct NumberedPoint: View {
    let number: Int
    let text: String
    var strong: [String] = []
    @ScaledMetric private var size: CGFloat = 26

    init(_ number: Int, _ text: String, strong: [String] = []) {
        self.number = number
        self.text = text
        self.strong = strong
    }

    var body: some View {
        HStack(alignment: .top, spacing: 12) {
            Text(String(number))
                .font(.cs.smallBold)
                .foregroundStyle(Color.cs.onPrimarySoft)
                .frame(width: size, height: size)
                .background(Color.cs.primarySoft, in: Circle())
            Text(emphasised(text, strong)).font(.cs.body).foregroundStyle(Color.cs.text2)
        }
        .frame(maxWidth: .infinity, alignment: .leading)
        .accessibilityElement(children: .combine)
    }
}
