// Names of Apple's, which Apple documents.
// swift-format-ignore-file

// SwiftUI's surface as far as the app uses it: names and types, and nothing behind them. See ios/README.md.
@_exported import Foundation
@_exported import Observation
@_exported import UIKit

@MainActor @preconcurrency public protocol View {
    associatedtype Body: View
    @ViewBuilder var body: Body { get }
}

extension Never: View {
    public var body: Never { fatalError() }
}

/// A view of SwiftUI's own.
public protocol Primitive: View where Body == Never {}
extension Primitive {
    public var body: Never { fatalError() }
}

@resultBuilder public enum ViewBuilder {
    public static func buildExpression<Content: View>(_ content: Content) -> Content { content }
    public static func buildBlock() -> EmptyView { EmptyView() }
    public static func buildBlock<Content: View>(_ content: Content) -> Content { content }
    public static func buildBlock<each Content: View>(_ content: repeat each Content) -> TupleView<
        (repeat each Content)
    > {
        TupleView()
    }
    public static func buildIf<Content: View>(_ content: Content?) -> Content? { content }
    public static func buildEither<One: View, Other: View>(first: One) -> ConditionalContent<One, Other> {
        ConditionalContent()
    }
    public static func buildEither<One: View, Other: View>(second: Other) -> ConditionalContent<One, Other> {
        ConditionalContent()
    }
}

extension Optional: View where Wrapped: View {
    public var body: Never { fatalError() }
}

public struct TupleView<T>: Primitive { nonisolated init() {} }
public struct ConditionalContent<One, Other>: Primitive { nonisolated init() {} }
public struct EmptyView: Primitive { nonisolated public init() {} }
public struct AnyView: Primitive { nonisolated public init<Content: View>(_ content: Content) {} }

public struct Group<Content: View>: Primitive { public init(@ViewBuilder content: () -> Content) {} }

public struct Spacer: Primitive { public init() {} }

public struct Text: Primitive {
    public init<S: StringProtocol>(_ content: S) {}
    public init(_ content: AttributedString) {}
    public init(verbatim: String) {}
    public func font(_ font: Font?) -> Text { self }
    public func foregroundStyle<S: ShapeStyle>(_ style: S) -> Text { self }
}

public struct Image: Primitive {
    public enum TemplateRenderingMode: Sendable {
        case template
        case original
    }
    nonisolated public init(_ name: String) {}
    public func renderingMode(_ mode: TemplateRenderingMode?) -> Image { self }
    public func resizable() -> Image { self }
}

public struct VStack<Content: View>: Primitive {
    public init(alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content)
    {}
}
public struct HStack<Content: View>: Primitive {
    public init(alignment: VerticalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {}
}
public struct ZStack<Content: View>: Primitive {
    public init(alignment: Alignment = .center, @ViewBuilder content: () -> Content) {}
}
public struct ViewThatFits<Content: View>: Primitive { public init(@ViewBuilder content: () -> Content) {} }
public struct ScrollView<Content: View>: Primitive { public init(@ViewBuilder content: () -> Content) {} }

public struct GeometryProxy { public var size: CGSize { .zero } }
public struct GeometryReader<Content: View>: Primitive {
    public init(@ViewBuilder content: @escaping (GeometryProxy) -> Content) {}
}

public struct ForEach<Data: RandomAccessCollection, ID: Hashable, Content: View>: Primitive {
    public init(
        _ data: Data,
        id: KeyPath<Data.Element, ID>,
        @ViewBuilder content: @escaping (Data.Element) -> Content
    ) {}
}
extension ForEach where Data.Element: Identifiable, ID == Data.Element.ID {
    public init(_ data: Data, @ViewBuilder content: @escaping (Data.Element) -> Content) {}
}

public struct Button<Label: View>: Primitive {
    public init(action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Label) {}
}
extension Button where Label == Text {
    public init<S: StringProtocol>(_ title: S, action: @escaping @MainActor () -> Void) {}
}

public struct Toggle<Label: View>: Primitive {
    public init(isOn: Binding<Bool>, @ViewBuilder label: () -> Label) {}
}
public struct TextField<Label: View>: Primitive {}
extension TextField where Label == Text {
    public init<S: StringProtocol>(_ title: S, text: Binding<String>, prompt: Text?) {}
}

public struct NavigationStack<Data, Root: View>: Primitive {}
extension NavigationStack {
    public init(path: Binding<Data>, @ViewBuilder root: () -> Root)
    where
        Data: MutableCollection & RandomAccessCollection & RangeReplaceableCollection,
        Data.Element: Hashable
    {}
}

public protocol ToolbarContent {}
@resultBuilder public enum ToolbarContentBuilder {
    public static func buildBlock<each Content: ToolbarContent>(_ content: repeat each Content) -> ToolbarItems {
        ToolbarItems()
    }
}
public struct ToolbarItems: ToolbarContent {}
public struct ToolbarItemPlacement: Sendable {
    public static let topBarLeading = ToolbarItemPlacement()
    public static let topBarTrailing = ToolbarItemPlacement()
    public static let principal = ToolbarItemPlacement()
}
@MainActor public struct ToolbarItem<Content: View>: ToolbarContent {
    public init(placement: ToolbarItemPlacement, @ViewBuilder content: () -> Content) {}
}
@MainActor public struct ToolbarItemGroup<Content: View>: ToolbarContent {
    public init(placement: ToolbarItemPlacement, @ViewBuilder content: () -> Content) {}
}

@MainActor @preconcurrency public protocol ViewModifier {
    associatedtype Body: View
    typealias Content = ModifierContent<Self>
    @ViewBuilder func body(content: Content) -> Body
}
public struct ModifierContent<Modifier>: Primitive {}

@MainActor @preconcurrency public protocol ButtonStyle {
    associatedtype Body: View
    typealias Configuration = ButtonStyleConfiguration
    @ViewBuilder func makeBody(configuration: Configuration) -> Body
}
@MainActor public struct ButtonStyleConfiguration {
    public struct Label: Primitive {}
    public let label = Label()
    public let isPressed = false
}
public struct PlainButtonStyle: ButtonStyle {
    nonisolated public init() {}
    public func makeBody(configuration: Configuration) -> some View { configuration.label }
}
extension ButtonStyle where Self == PlainButtonStyle {
    nonisolated public static var plain: PlainButtonStyle { PlainButtonStyle() }
}
