import Foundation

/// The exported surface of the core, as the generator of the bindings writes it.
enum Surface {
    /// Enums that are nothing to read: a shell acts on them, or asks with them.
    static let wordless: Set<String> = [
        "Arrival", "Attestations", "Biometrics", "EnrolmentKind", "Entry", "KeyStoreFault", "KeyUsage", "NoticeState",
        "Platform", "PrfKind", "Scanned", "SignatureReason",
    ]

    /// The variants of each enum, in small letters.
    static func read() throws -> [String: Set<String>] {
        let text = try String(contentsOf: built.appending(path: "bindings/surface.txt"), encoding: .utf8)
        var found: [String: Set<String>] = [:]
        var current: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let words = line.split(separator: " ")
            if line.hasPrefix("  "), let current, let variant = words.first {
                found[current, default: []].insert(variant.lowercased())
            } else {
                let isEnum = words.first == "enum" || words.first == "error"
                current = isEnum ? words.dropFirst().first.map(String.init) : nil
            }
        }
        return found
    }
}
