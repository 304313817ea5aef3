import CountersignFFI
import CountersignWords
import Foundation
import Testing

/// Every variant of one enum, and how it is said.
struct Samples: Sendable, CustomTestStringConvertible {
    let name: String
    let variants: [String]
    let said: @Sendable (any Words, String) -> [String]

    var testDescription: String { name }

    init<Value: Sendable>(_ values: [Value], _ say: @escaping @Sendable (any Words, Value, String) -> String) {
        name = String(describing: Value.self)
        variants = values.map { String("\($0)".prefix { $0 != "(" }) }
        said = { words, server in values.map { say(words, $0, server) } }
    }

    static let all: [Samples] = flows + plain + problems
}

let account = Account(id: 1, label: nil, state: .active)
let signature = SignatureRequest(key: "", payload: .init(), reason: .approve)
