import CountersignKeyStoreCases
import CountersignKit
import Security
import XCTest

/// The contract of every key store, on the Secure Enclave of the device that runs this. Nothing here runs on Linux: there
/// the same cases are seen to hold for the software key store.
final class SecureEnclaveKeyStoreTests: XCTestCase {
    func testKeepsTheContract() {
        let keys = SecureEnclaveKeyStore(hasBiometrics: SystemPrompt.isEnrolled)
        for known in KeyStoreContract(keys, verify: Self.verifies).cases {
            XCTContext.runActivity(named: known.name) { _ in
                XCTAssertNoThrow(try known.run(), known.name)
            }
        }
    }

    /// The public part is the 65 bytes of a point.
    private static func verifies(publicKey: Data, message: Data, signature: Data) -> Bool {
        let kind = [kSecAttrKeyType: kSecAttrKeyTypeECSECPrimeRandom, kSecAttrKeyClass: kSecAttrKeyClassPublic]
        guard let key = SecKeyCreateWithData(publicKey as CFData, kind as CFDictionary, nil) else { return false }
        let algorithm = SecKeyAlgorithm.ecdsaSignatureMessageX962SHA256
        return SecKeyVerifySignature(key, algorithm, message as CFData, signature as CFData, nil)
    }
}
