// Names of Apple's, which Apple documents.
// swift-format-ignore-file

import Foundation

public enum UIUserInterfaceStyle: Sendable {
    case unspecified
    case light
    case dark
}

public final class UITraitCollection: Sendable {
    public let userInterfaceStyle = UIUserInterfaceStyle.light
}

public final class UIColor: Sendable {
    public init(red: CGFloat, green: CGFloat, blue: CGFloat, alpha: CGFloat) {}
    public init(_ dynamicProvider: @escaping @Sendable (UITraitCollection) -> UIColor) {}
}

public struct UIKeyboardType: Sendable {
    public static let `default` = UIKeyboardType()
    public static let URL = UIKeyboardType()
}
