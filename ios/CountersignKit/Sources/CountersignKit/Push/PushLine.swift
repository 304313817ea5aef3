import CountersignFFI
import Foundation

/// One account in the book. Before the first address there is nothing to tell.
struct PushLine: Codable, Equatable {
    /// 122 random bits.
    var token = UUID().uuidString.lowercased()
    var address: String?
    var told = true
}

/// What the file holds.
struct PushPages: Codable, Equatable {
    var lines: [AccountId: PushLine] = [:]
    /// Tokens of accounts that are gone, until the gateway has let go of them.
    var givenUp: Set<String> = []
}

/// A book that cannot be read is an empty one: the accounts register again.
func readPages(_ file: URL) -> PushPages {
    let read = try? JSONDecoder().decode(PushPages.self, from: Data(contentsOf: file))
    return read ?? PushPages()
}

/// Whole or not at all. What cannot be written is asked for again at the next start.
func writePages(_ file: URL, _ pages: PushPages) {
    try? JSONEncoder().encode(pages).write(to: file, options: .atomic)
}

/// What can be one; whether a server may be asked to call there is the core's and the server's to say.
func isAddress(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 1000 && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
}
