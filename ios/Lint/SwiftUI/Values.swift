// Names of Apple's, which Apple documents.
// swift-format-ignore-file

import Foundation

public struct HorizontalAlignment: Sendable {
    public static let leading = HorizontalAlignment()
    public static let center = HorizontalAlignment()
    public static let trailing = HorizontalAlignment()
}
public struct VerticalAlignment: Sendable {
    public static let top = VerticalAlignment()
    public static let center = VerticalAlignment()
    public static let bottom = VerticalAlignment()
    public static let firstTextBaseline = VerticalAlignment()
}
public struct Alignment: Sendable {
    public static let center = Alignment()
    public static let leading = Alignment()
    public static let trailing = Alignment()
    public static let top = Alignment()
    public static let bottom = Alignment()
    public static let topLeading = Alignment()
    public static let bottomTrailing = Alignment()
}
public enum TextAlignment: Sendable { case leading, center, trailing }
public struct EdgeInsets: Sendable {
    public init(top: CGFloat, leading: CGFloat, bottom: CGFloat, trailing: CGFloat) {}
}
public enum Edge {
    public struct Set: OptionSet, Sendable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }
        public static let top = Set(rawValue: 1)
        public static let bottom = Set(rawValue: 2)
        public static let leading = Set(rawValue: 4)
        public static let trailing = Set(rawValue: 8)
        public static let horizontal = Set(rawValue: 12)
        public static let vertical = Set(rawValue: 3)
        public static let all = Set(rawValue: 15)
    }
}

public struct Font: Sendable {
    public enum Weight: Sendable { case regular, medium, semibold, bold }
    public enum TextStyle: Sendable { case largeTitle, title, title2, headline, body, subheadline, footnote }
    public static let title2 = Font()
    public static let headline = Font()
    public static let body = Font()
    public static let callout = Font()
    public static let subheadline = Font()
    public static let footnote = Font()
    public static func system(size: CGFloat, weight: Weight? = nil) -> Font { Font() }
    public func weight(_ weight: Weight) -> Font { self }
    public func monospacedDigit() -> Font { self }
}

public protocol ShapeStyle: Sendable {}
public struct Color: ShapeStyle, Primitive, Hashable {
    nonisolated public init(_ color: UIColor) {}
    nonisolated public init(red: Double, green: Double, blue: Double) {}
    nonisolated public static let clear = Color(red: 0, green: 0, blue: 0)
    nonisolated public static let black = clear
    nonisolated public static let white = clear
    nonisolated public func opacity(_ opacity: Double) -> Color { self }
}

public struct Angle: Sendable {
    public static func degrees(_ degrees: Double) -> Angle { Angle() }
}
public enum CGLineCap: Sendable { case butt, round, square }
public struct StrokeStyle: Sendable {
    public init(lineWidth: CGFloat = 1, lineCap: CGLineCap = .butt) {}
}
public struct Path: Sendable {
    public init() {}
    public mutating func addRect(_ rect: CGRect) {}
    public mutating func move(to end: CGPoint) {}
    public mutating func addLine(to end: CGPoint) {}
}

public protocol Shape: Sendable, View where Body == Never {
    nonisolated func path(in rect: CGRect) -> Path
}
extension Shape {
    public var body: Never { fatalError() }
    nonisolated public func path(in rect: CGRect) -> Path { Path() }
    nonisolated public func trim(from: CGFloat = 0, to: CGFloat = 1) -> AnyShape { AnyShape() }
    nonisolated public func stroke<S: ShapeStyle>(_ style: S, style stroke: StrokeStyle) -> AnyShape { AnyShape() }
    nonisolated public func fill<S: ShapeStyle>(_ style: S) -> AnyShape { AnyShape() }
}
public protocol InsettableShape: Shape {}
extension InsettableShape {
    nonisolated public func inset(by amount: CGFloat) -> AnyShape { AnyShape() }
    nonisolated public func strokeBorder<S: ShapeStyle>(_ style: S, lineWidth: CGFloat = 1) -> AnyShape { AnyShape() }
}
public struct AnyShape: InsettableShape { nonisolated init() {} }
public struct Rectangle: InsettableShape { nonisolated public init() {} }
public struct Circle: InsettableShape { nonisolated public init() {} }
public struct Capsule: InsettableShape { nonisolated public init() {} }
public struct RoundedRectangle: InsettableShape { nonisolated public init(cornerRadius: CGFloat) {} }

public enum ColorScheme: Sendable { case light, dark }
public enum ColorSchemeContrast: Sendable { case standard, increased }
public enum ScenePhase: Sendable, Comparable { case background, inactive, active }
public enum LayoutDirection: Sendable { case leftToRight, rightToLeft }
public enum ContentMode: Sendable { case fit, fill }
public struct DynamicTypeSize: Sendable, Hashable {
    public static let accessibility5 = DynamicTypeSize()
    public var isAccessibilitySize: Bool { false }
}
public struct TextInputAutocapitalization: Sendable {
    public static let never = TextInputAutocapitalization()
    public static let sentences = TextInputAutocapitalization()
    public static let characters = TextInputAutocapitalization()
}
public enum TitleDisplayMode: Sendable { case automatic, inline, large }
public struct PresentationDetent: Sendable, Hashable {
    public static let medium = PresentationDetent()
    public static let large = PresentationDetent()
}
public struct ToolbarPlacement: Sendable {
    public static let navigationBar = ToolbarPlacement()
}
public enum Visibility: Sendable { case automatic, visible, hidden }
public struct SensoryFeedback: Sendable {
    public static let success = SensoryFeedback()
    public static let error = SensoryFeedback()
}
public struct AccessibilityTraits: SetAlgebra, Sendable, ExpressibleByArrayLiteral {
    private var all: Set<Int> = []
    public typealias Element = AccessibilityTraits
    public init() {}
    public static let isHeader = AccessibilityTraits()
    public static let isButton = AccessibilityTraits()
    public static let isSelected = AccessibilityTraits()
    public static let isImage = AccessibilityTraits()
    public func contains(_ member: Self) -> Bool { false }
    public func union(_ other: Self) -> Self { self }
    public func intersection(_ other: Self) -> Self { self }
    public func symmetricDifference(_ other: Self) -> Self { self }
    public mutating func insert(_ member: Self) -> (inserted: Bool, memberAfterInsert: Self) { (true, member) }
    public mutating func remove(_ member: Self) -> Self? { nil }
    public mutating func update(with member: Self) -> Self? { nil }
    public mutating func formUnion(_ other: Self) {}
    public mutating func formIntersection(_ other: Self) {}
    public mutating func formSymmetricDifference(_ other: Self) {}
}
public enum AccessibilityChildBehavior: Sendable { case ignore, contain, combine }

public struct KeyEquivalent: Sendable, Hashable {
    public static let delete = KeyEquivalent()
    public static let `return` = KeyEquivalent()
}
public struct KeyPress: Sendable {
    public enum Result: Sendable { case handled, ignored }
    public let key = KeyEquivalent()
    public let characters = ""
}

/// Foundation's on Apple's systems; the one for Linux lacks it.
public struct InlinePresentationIntent: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
    public static let stronglyEmphasized = InlinePresentationIntent(rawValue: 2)
}
extension AttributedSubstring {
    public var inlinePresentationIntent: InlinePresentationIntent? {
        get { nil }
        set {}
    }
}
