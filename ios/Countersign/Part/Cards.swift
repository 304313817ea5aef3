import SwiftUI

/// A card that groups: a hairline, no shadow.
struct Card<Content: View>: View {
    private let content: Content
    @Environment(\.colorSchemeContrast) private var contrast

    init(@ViewBuilder content: () -> Content) {
        self.content = content()
    }

    var body: some View {
        VStack(alignment: .leading, spacing: 0) { content }
            .frame(maxWidth: .infinity, alignment: .leading)
            .background(Color.cs.surface, in: shape)
            .overlay(shape.strokeBorder(edge, lineWidth: Tokens.Size.hairline))
            .clipShape(shape)
    }

    private var shape: RoundedRectangle { RoundedRectangle(cornerRadius: Tokens.Radius.mono) }
    private var edge: Color { contrast == .increased ? .cs.outline : .cs.line }
}

/// Between two rows of a card.
struct Hairline: View {
    var body: some View {
        Rectangle().fill(Color.cs.line).frame(height: Tokens.Size.hairline).accessibilityHidden(true)
    }
}

/// Rows of a card with hairlines between them.
struct Rows<Item, Row: View>: View {
    private let items: [Item]
    private let row: (Item) -> Row

    init(_ items: [Item], @ViewBuilder row: @escaping (Item) -> Row) {
        self.items = items
        self.row = row
    }

    var body: some View {
        ForEach(items.indices, id: \.self) { place in
            if place > 0 { Hairline() }
            row(items[place])
        }
    }
}

/// One fact of a card.
struct Fact {
    let label: String
    let value: String
    /// A second, quieter part of the value.
    var note: String?
    /// Part of what is signed: bold.
    var signed = false

    init(_ label: String, _ value: String, note: String? = nil, signed: Bool = false) {
        self.label = label
        self.value = value
        self.note = note
        self.signed = signed
    }
}

/// Facts, in two columns; in one with large type. Text that came from outside wraps and never ends in dots.
struct Facts: View {
    let facts: [Fact]

    init(_ facts: [Fact]) {
        self.facts = facts
    }

    var body: some View {
        VStack(alignment: .leading, spacing: 9) {
            ForEach(facts.indices, id: \.self) { place in
                if place > 0, facts[place - 1].signed, !facts[place].signed { Hairline() }
                FactRow(fact: facts[place])
            }
        }
        .padding(.horizontal, 16)
        .padding(.vertical, 14)
    }
}

private struct FactRow: View {
    let fact: Fact
    @Environment(\.dynamicTypeSize) private var typeSize
    @ScaledMetric private var labelWidth: CGFloat = 88

    var body: some View {
        Group {
            if typeSize.stacks {
                VStack(alignment: .leading, spacing: 0) {
                    label
                    value
                }
            } else {
                HStack(alignment: .firstTextBaseline, spacing: 12) {
                    label.frame(width: labelWidth, alignment: .leading)
                    value
                }
            }
        }
        .frame(maxWidth: .infinity, alignment: .leading)
        .accessibilityElement(children: .combine)
    }

    private var label: some View {
        Text(fact.label).font(.cs.small).foregroundStyle(Color.cs.text2)
    }

    private var value: some View {
        VStack(alignment: .leading, spacing: 0) {
            Text(fact.value).font(fact.signed ? .cs.bold : .cs.row).foregroundStyle(Color.cs.text)
            if let note = fact.note { Text(note).font(.cs.row).foregroundStyle(Color.cs.text2) }
        }
    }
}
