import CountersignFFI
import Observation

/// The keypad: each digit goes to the core and is never seen here again. What is left here is how many there are.
@Observable
@MainActor
public final class PinPad {
    /// How many digits are typed.
    public private(set) var typed = 0

    /// The digits, in the core's memory. Whoever takes them wipes them. None if the core has no memory left.
    @ObservationIgnored private let entry = try? PinEntry()

    /// An empty one.
    public init() {}

    /// A key was touched. One digit too many is not taken.
    public func push(_ digit: Int) {
        if (0...9).contains(digit) {
            try? entry?.push(digit: UInt8(ascii: "0") + UInt8(digit))
        }
        look()
    }

    /// Takes the last digit away.
    public func backspace() {
        try? entry?.backspace()
        look()
    }

    /// Wipes all digits.
    public func clear() {
        try? entry?.clear()
        look()
    }

    /// The digits, for a call of the core.
    func taken() throws -> PinEntry {
        guard let entry else { throw Problem.Internal }
        return entry
    }

    /// Counts again: a call has taken the digits, and wiped them.
    func look() {
        typed = Int((try? entry?.count()) ?? 0)
    }
}
