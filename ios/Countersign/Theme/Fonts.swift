import SwiftUI

extension Font {
    /// Type by its role. All of it grows with the person's setting.
    enum cs {
        static let title = Font.title2.weight(.semibold)
        static let heading = Font.headline
        static let body = Font.body
        static let bold = Font.body.weight(.semibold)
        static let button = Font.headline
        static let row = Font.callout.weight(.medium)
        static let small = Font.subheadline
        static let smallBold = Font.subheadline.weight(.semibold)
        static let chip = Font.footnote.weight(.semibold).monospacedDigit()
        static let digits = Font.body.monospacedDigit()
    }
}

extension DynamicTypeSize {
    /// Whether rows and answers stack: in the five sizes that are above what most people choose.
    var stacks: Bool { isAccessibilitySize }
}
