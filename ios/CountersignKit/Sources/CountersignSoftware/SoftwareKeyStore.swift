import CountersignFFI
import Foundation

/// Keys in memory, by OpenSSL (protocol 2.3, level `software`): what a phone's adapter does, without a phone.
///
/// For tests on Linux alone; the app does not contain it. The core tells the server the level as it is.
public final class SoftwareKeyStore: KeyStore, @unchecked Sendable {
    /// No alias: those begin with `map.`.
    private static let wrapping = "wrapping"
    private let lock = NSLock()
    private var secrets: [String: Data] = [:]

    /// Without any key.
    public init() {}

    public func capabilities() throws -> KeyCaps {
        KeyCaps(level: .software, prf: .software, bio: .software, attest: .none)
    }

    public func create(alias: String, usage: KeyUsage, challenge: Data?) throws -> CreatedKey {
        switch usage {
        case .sign, .bioSign:
            let pair = try KeyPair()
            try put(alias, pair.secret())
            return CreatedKey(publicKey: try pair.spki(), chain: [])
        case .prf:
            try put(alias, randomBytes(32))
            return CreatedKey(publicKey: Data(), chain: [])
        }
    }

    /// Nobody vouches for keys in software.
    public func appStatement(clientData: Data) throws -> AppStatement {
        throw KeyStoreFault.Unsupported
    }

    public func sign(alias: String, payload: Data) throws -> Data {
        try KeyPair(secret: secret(alias)).sign(payload)
    }

    public func prf(alias: String, input: Data) throws -> Data {
        try hmac(key: secret(alias), input)
    }

    public func wrap(plain: Data) throws -> Data {
        try lock.withLock {
            let key = try secrets[Self.wrapping] ?? randomBytes(32)
            secrets[Self.wrapping] = key
            return try seal(key: key, plain)
        }
    }

    public func unwrap(wrapped: Data) throws -> Data {
        guard let plain = try open(key: secret(Self.wrapping), wrapped) else { throw KeyStoreFault.NotFound }
        return plain
    }

    public func delete(alias: String) throws {
        lock.withLock { secrets[alias] = nil }
    }

    public func list() throws -> [String] {
        lock.withLock { secrets.keys.filter { $0 != Self.wrapping } }
    }

    private func put(_ alias: String, _ secret: Data) throws {
        try lock.withLock {
            if secrets[alias] != nil { throw KeyStoreFault.Exists }
            secrets[alias] = secret
        }
    }

    private func secret(_ alias: String) throws -> Data {
        guard let secret = lock.withLock({ secrets[alias] }) else { throw KeyStoreFault.NotFound }
        return secret
    }
}
