import CountersignFFI
import Foundation

/// What the core expects of every key store (protocol 2.3), as cases without a test framework: they run on the software
/// key store wherever that is built, and on the Secure Enclave as a test on a device.
public struct KeyStoreContract: Sendable {
    /// Whether `signature` is one over `message` by the key with this public part.
    public typealias Verify = @Sendable (_ publicKey: Data, _ message: Data, _ signature: Data) -> Bool

    let keys: any KeyStore
    let verify: Verify

    /// For this store; signatures are verified by the platform's own means.
    public init(_ keys: any KeyStore, verify: @escaping Verify) {
        self.keys = keys
        self.verify = verify
    }

    /// One case, by its sentence.
    public struct Case: Sendable {
        /// What it shows.
        public let name: String
        /// Throws `Broken` if the store does otherwise.
        public let run: @Sendable () throws -> Void
    }

    /// Every case.
    public var cases: [Case] {
        [
            Case(name: "a signing key signs the message, and its public part verifies it", run: signs),
            Case(name: "a prf answers 32 bytes, the same for the same input", run: prfIsAFunction),
            Case(name: "two prf keys differ", run: prfKeysDiffer),
            Case(name: "a prf key has no public part", run: prfIsSecret),
            Case(name: "an alias is taken once", run: aliasIsTakenOnce),
            Case(name: "a key that was never made is not found", run: unknownIsNotFound),
            Case(name: "a deleted key is not found, and deleting it again is no fault", run: deletes),
            Case(name: "all keys are listed, and nothing else", run: lists),
            Case(name: "what is wrapped is opened again, and looks different each time", run: wraps),
            Case(name: "a changed, a short and a foreign blob are not found", run: wrongBlobs),
            Case(name: "a biometric key is made where the store says so", run: biometricKey),
            Case(name: "software calls itself software", run: isHonest),
            Case(name: "nobody vouches for a key itself, and for the app only where the store says so", run: vouches),
        ]
    }
}

/// A store did not do what the core expects; `what` is the sentence that did not hold.
public struct Broken: Error, CustomStringConvertible {
    let what: String

    public var description: String { what }
}
