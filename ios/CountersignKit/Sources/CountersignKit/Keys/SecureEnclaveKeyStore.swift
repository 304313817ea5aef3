#if canImport(Security)
    import CountersignFFI
    import Foundation
    import Security

    /// The Secure Enclave (protocol 2.2.1, 2.3, 2.6): keys that are made inside it and never leave it. The core calls
    /// from a thread of its own, one operation at a time, and tries again what fails for now.
    public final class SecureEnclaveKeyStore: KeyStore {
        /// No alias of the core's: those begin with `map.`.
        private static let wrapping = "wrapping"
        private static var sealing: SecKeyAlgorithm { .eciesEncryptionCofactorVariableIVX963SHA256AESGCM }
        private let hasBiometrics: @Sendable () -> Bool
        let statement: (@Sendable (Data) throws -> AppStatement)?

        /// Other frameworks say whether a face or finger is enrolled, and vouch for the app, where they do (`AppAttest`).
        public init(
            hasBiometrics: @escaping @Sendable () -> Bool,
            statement: (@Sendable (Data) throws -> AppStatement)? = nil
        ) {
            self.hasBiometrics = hasBiometrics
            self.statement = statement
        }

        public func capabilities() throws -> KeyCaps {
            let attest: Attestations = statement == nil ? .none : .appleAppAttest
            return KeyCaps(level: .secureEnclave, prf: .ecdh, bio: hasBiometrics() ? .strong : .none, attest: attest)
        }

        public func create(alias: String, usage: KeyUsage, challenge: Data?) throws -> CreatedKey {
            if usage == .bioSign, !hasBiometrics() { throw KeyStoreFault.Unsupported }
            if try Self.find(alias) != nil { throw KeyStoreFault.Exists }
            let open = SecKeyCopyPublicKey(try make(alias, usage == .bioSign ? .biometryCurrentSet : []))
            guard let open else { throw KeyStoreFault.Unexpected }
            let point = usage == .prf ? Data() : try checked { SecKeyCopyExternalRepresentation(open, &$0) } as Data
            return CreatedKey(publicKey: point, chain: [])
        }

        public func sign(alias: String, payload: Data) throws -> Data {
            let key = try existing(alias)
            let message = payload as CFData
            return try checked { SecKeyCreateSignature(key, .ecdsaSignatureMessageX962SHA256, message, &$0) } as Data
        }

        public func prf(alias: String, input: Data) throws -> Data {
            let (key, point) = (try existing(alias), try enclavePeer() as CFData)
            let kind = [kSecAttrKeyType: kSecAttrKeyTypeECSECPrimeRandom, kSecAttrKeyClass: kSecAttrKeyClassPublic]
            let peer = try checked { SecKeyCreateWithData(point, kind as CFDictionary, &$0) }
            let none = [:] as CFDictionary
            let shared = try checked { SecKeyCopyKeyExchangeResult(key, .ecdhKeyExchangeStandard, peer, none, &$0) }
            return try enclavePrf(shared: shared as Data, input: input)
        }

        public func wrap(plain: Data) throws -> Data {
            let open = SecKeyCopyPublicKey(try Self.find(Self.wrapping) ?? make(Self.wrapping, []))
            guard let open else { throw KeyStoreFault.Unexpected }
            return try checked { SecKeyCreateEncryptedData(open, Self.sealing, plain as CFData, &$0) } as Data
        }

        public func unwrap(wrapped: Data) throws -> Data {
            let (key, blob) = (try existing(Self.wrapping), wrapped as CFData)
            // It was sealed for another key, changed (a tag that is not right is a wrong parameter), or never sealed.
            return try checked(gone: [errSecParam, errSecDecode]) {
                SecKeyCreateDecryptedData(key, Self.sealing, blob, &$0)
            } as Data
        }

        public func delete(alias: String) throws {
            let status = SecItemDelete(Self.query(alias) as CFDictionary)
            if status != errSecSuccess, status != errSecItemNotFound { throw Self.fault(status) }
        }

        public func list() throws -> [String] {
            let more: [CFString: Any] = [kSecReturnAttributes: true, kSecMatchLimit: kSecMatchLimitAll]
            let found = try Self.copy(Self.query(nil).merging(more) { $1 }) as? [[String: Any]] ?? []
            let tags = found.compactMap { $0[kSecAttrApplicationTag as String] as? Data }
            return tags.map { String(decoding: $0, as: UTF8.self) }.filter { $0.hasPrefix("map.") }
        }

        /// The key of this alias; `more` may name whoever answers for a person's consent.
        static func find(_ alias: String, _ more: [CFString: Any] = [:]) throws -> SecKey? {
            let wanted = query(alias).merging([kSecReturnRef: true]) { $1 }.merging(more) { $1 }
            guard let found = try copy(wanted), CFGetTypeID(found) == SecKeyGetTypeID() else { return nil }
            return unsafeDowncast(found, to: SecKey.self)
        }

        private func existing(_ alias: String) throws -> SecKey {
            guard let key = try Self.find(alias) else { throw KeyStoreFault.NotFound }
            return key
        }

        /// A new one: usable while the phone is unlocked, on this phone alone.
        private func make(_ alias: String, _ more: SecAccessControlCreateFlags) throws -> SecKey {
            let when = kSecAttrAccessibleWhenUnlockedThisDeviceOnly
            let access = try checked { SecAccessControlCreateWithFlags(nil, when, [.privateKeyUsage, more], &$0) }
            let kept: [CFString: Any] = [
                kSecAttrIsPermanent: true, kSecAttrApplicationTag: Data(alias.utf8), kSecAttrAccessControl: access,
            ]
            let wanted: [CFString: Any] = [
                kSecAttrKeyType: kSecAttrKeyTypeECSECPrimeRandom, kSecAttrKeySizeInBits: 256,
                kSecAttrTokenID: kSecAttrTokenIDSecureEnclave, kSecPrivateKeyAttrs: kept,
            ]
            return try checked { SecKeyCreateRandomKey(wanted as CFDictionary, &$0) }
        }

        private static func query(_ alias: String?) -> [CFString: Any] {
            var query: [CFString: Any] = [kSecClass: kSecClassKey, kSecAttrTokenID: kSecAttrTokenIDSecureEnclave]
            query[kSecAttrApplicationTag] = alias.map { Data($0.utf8) }
            return query
        }

        private static func copy(_ wanted: [CFString: Any]) throws -> CFTypeRef? {
            var found: CFTypeRef?
            let status = SecItemCopyMatching(wanted as CFDictionary, &found)
            if status != errSecSuccess, status != errSecItemNotFound { throw fault(status) }
            return found
        }
    }
#endif
