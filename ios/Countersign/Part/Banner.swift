import SwiftUI

/// A remark that stands out: sign, bold sentence, one line, an edge at the start.
struct Banner: View {
    private let mood: Mood
    private let title: String
    private let text: String?
    private let strong: [String]
    @Environment(\.colorSchemeContrast) private var contrast

    init(_ mood: Mood, _ title: String, _ text: String? = nil, strong: [String] = []) {
        self.mood = mood
        self.title = title
        self.text = text
        self.strong = strong
    }

    var body: some View {
        HStack(alignment: .top, spacing: 12) {
            Sign(icon, soft.text)
            VStack(alignment: .leading, spacing: 2) {
                Text(title).font(.cs.bold).foregroundStyle(soft.text)
                if let text { Text(emphasised(text, strong)).font(.cs.body).foregroundStyle(soft.text) }
            }
        }
        .padding(EdgeInsets(top: 14, leading: 20, bottom: 14, trailing: 16))
        .frame(maxWidth: .infinity, alignment: .leading)
        .background(soft.ground)
        .overlay(alignment: .leading) { Rectangle().fill(soft.sign).frame(width: Tokens.Size.bannerEdge) }
        .clipShape(shape)
        .overlay(shape.strokeBorder(edge, lineWidth: Tokens.Size.border))
        .accessibilityElement(children: .combine)
    }

    private var soft: Soft { Soft(mood) }
    private var shape: RoundedRectangle { RoundedRectangle(cornerRadius: Tokens.Radius.m) }
    private var edge: Color { contrast == .increased ? soft.sign : .clear }

    private var icon: Icon {
        switch mood {
        case .success: .checkCircle
        case .warning: .warning
        case .danger: .error
        case .info, .neutral: .info
        }
    }
}
