import CLibCrypto
import CountersignFFI
import Foundation

/// Bytes of a nonce; it stands in front of what is sealed with it, the tag behind.
private let nonceLength = 12
private let tagLength = 16

/// From the system's own source.
func randomBytes(_ count: Int) throws -> Data {
    var bytes = [UInt8](repeating: 0, count: count)
    try worked(RAND_bytes(&bytes, Int32(count)))
    return Data(bytes)
}

/// HMAC with SHA-256.
func hmac(key: Data, _ input: Data) throws -> Data {
    var output = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    let (key, input) = ([UInt8](key), [UInt8](input))
    if HMAC(EVP_sha256(), key, Int32(key.count), input, input.count, &output, &length) == nil {
        throw KeyStoreFault.Unexpected
    }
    return Data(output.prefix(Int(length)))
}

/// AES-256-GCM.
func seal(key: Data, _ plain: Data) throws -> Data {
    let context = try made(EVP_CIPHER_CTX_new())
    defer { EVP_CIPHER_CTX_free(context) }
    let nonce = [UInt8](try randomBytes(nonceLength))
    try worked(EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nil, [UInt8](key), nonce))
    var sealed = [UInt8](repeating: 0, count: plain.count)
    var length: Int32 = 0
    try worked(EVP_EncryptUpdate(context, &sealed, &length, [UInt8](plain), Int32(plain.count)))
    var rest = [UInt8](repeating: 0, count: tagLength)
    try worked(EVP_EncryptFinal_ex(context, &rest, &length))
    var tag = [UInt8](repeating: 0, count: tagLength)
    try worked(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tagLength), &tag))
    return Data(nonce + sealed + tag)
}

/// What `seal` was given; nothing if it was sealed by another key, changed, or never sealed.
func open(key: Data, _ sealed: Data) throws -> Data? {
    if sealed.count < nonceLength + tagLength { return nil }
    let context = try made(EVP_CIPHER_CTX_new())
    defer { EVP_CIPHER_CTX_free(context) }
    let nonce = [UInt8](sealed.prefix(nonceLength))
    let inner = [UInt8](sealed.dropFirst(nonceLength).dropLast(tagLength))
    var tag = [UInt8](sealed.suffix(tagLength))
    try worked(EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nil, [UInt8](key), nonce))
    try worked(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tagLength), &tag))
    var plain = [UInt8](repeating: 0, count: inner.count)
    var length: Int32 = 0
    try worked(EVP_DecryptUpdate(context, &plain, &length, inner, Int32(inner.count)))
    var rest = [UInt8](repeating: 0, count: tagLength)
    return EVP_DecryptFinal_ex(context, &rest, &length) > 0 ? Data(plain) : nil
}
