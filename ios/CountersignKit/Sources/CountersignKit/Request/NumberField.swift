import Observation

/// Six digits that a browser or another phone shows: no secret of this phone.
@Observable
@MainActor
public final class NumberField {
    /// How many digits it has.
    public static let length = 6

    /// What is typed so far.
    public private(set) var digits = ""

    /// An empty one.
    public init() {}

    /// Whether all digits are there.
    public var isComplete: Bool { digits.count == Self.length }

    /// A key was touched.
    public func push(_ digit: Int) {
        if !isComplete, (0...9).contains(digit) { digits += String(digit) }
    }

    /// Takes the last digit away.
    public func backspace() {
        digits = String(digits.dropLast())
    }

    /// Takes all away.
    public func clear() {
        digits = ""
    }
}
