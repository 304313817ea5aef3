import CLibCrypto
import CountersignFFI
import Foundation

/// A key of P-256.
final class KeyPair {
    private let key: OpaquePointer

    /// A new one.
    init() throws {
        key = try made(countersign_new_p256_key())
    }

    /// The one that `secret()` gave.
    init(secret: Data) throws {
        let read = secret.withUnsafeBytes { bytes in
            var next = bytes.bindMemory(to: UInt8.self).baseAddress
            return d2i_AutoPrivateKey(nil, &next, secret.count)
        }
        key = try made(read)
    }

    deinit {
        EVP_PKEY_free(key)
    }

    /// In DER.
    func secret() throws -> Data {
        try written { i2d_PrivateKey(key, $0) }
    }

    /// The public part as a SubjectPublicKeyInfo.
    func spki() throws -> Data {
        try written { i2d_PUBKEY(key, $0) }
    }

    /// ECDSA with SHA-256 over the bytes, in DER.
    func sign(_ message: Data) throws -> Data {
        let context = try made(EVP_MD_CTX_new())
        defer { EVP_MD_CTX_free(context) }
        try worked(EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key))
        return try message.withUnsafeBytes { bytes in
            let start = bytes.bindMemory(to: UInt8.self).baseAddress
            var length = 0
            try worked(EVP_DigestSign(context, nil, &length, start, message.count))
            var signature = [UInt8](repeating: 0, count: length)
            try worked(EVP_DigestSign(context, &signature, &length, start, message.count))
            return Data(signature.prefix(length))
        }
    }

    private func written(_ write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32) throws -> Data {
        var bytes = [UInt8](repeating: 0, count: Int(max(0, write(nil))))
        let length = bytes.withUnsafeMutableBufferPointer { buffer in
            var next = buffer.baseAddress
            return write(&next)
        }
        try worked(length)
        return Data(bytes)
    }
}

/// What OpenSSL made, unless it made nothing.
func made(_ pointer: OpaquePointer?) throws -> OpaquePointer {
    guard let pointer else { throw KeyStoreFault.Unexpected }
    return pointer
}

/// OpenSSL says how it went by a number above zero.
func worked(_ result: Int32) throws {
    if result <= 0 { throw KeyStoreFault.Unexpected }
}
