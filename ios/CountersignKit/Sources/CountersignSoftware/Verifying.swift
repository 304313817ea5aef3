import CLibCrypto
import Foundation

/// Whether a signature in DER is one over `message` by the key of this SubjectPublicKeyInfo.
public func verifies(spki: Data, message: Data, signature: Data) -> Bool {
    let bytes = [UInt8](spki)
    let read = bytes.withUnsafeBufferPointer { buffer in
        var next = buffer.baseAddress
        return d2i_PUBKEY(nil, &next, bytes.count)
    }
    guard let key = read, let context = EVP_MD_CTX_new() else { return false }
    defer {
        EVP_MD_CTX_free(context)
        EVP_PKEY_free(key)
    }
    let (message, signature) = ([UInt8](message), [UInt8](signature))
    return EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) > 0
        && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
}
