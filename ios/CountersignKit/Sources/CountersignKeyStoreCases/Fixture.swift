import CountersignFFI
import Foundation

let message = Data("a message, not its digest".utf8)
let input = Data(0..<32)
let challenge = Data(repeating: 7, count: 32)

extension KeyStoreContract {
    /// The key goes again, whatever happens: a phone's store outlives the test.
    func withKey(
        _ usage: KeyUsage,
        challenge: Data? = nil,
        _ test: (_ alias: String, _ publicKey: Data) throws -> Void
    ) throws {
        let alias = freshAlias(usage)
        defer { try? keys.delete(alias: alias) }
        try test(alias, keys.create(alias: alias, usage: usage, challenge: challenge).publicKey)
    }

    func expect(_ holds: @autoclosure () throws -> Bool, _ what: String) throws {
        if try !holds() { throw Broken(what: what) }
    }

    func expect(_ fault: KeyStoreFault, _ call: () throws -> Void) throws {
        do {
            try call()
        } catch let thrown as KeyStoreFault {
            if thrown == fault { return }
            throw Broken(what: "\(fault) was expected, not \(thrown)")
        }
        throw Broken(what: "\(fault) was expected, and nothing was thrown")
    }
}

func freshAlias(_ usage: KeyUsage) -> String {
    let random = (0..<16).map { _ in String(format: "%02x", UInt8.random(in: .min ... .max)) }.joined()
    return "map.\(word(usage)).\(random)"
}

private func word(_ usage: KeyUsage) -> String {
    switch usage {
    case .sign: "sign"
    case .prf: "prf"
    case .bioSign: "bio"
    }
}
