#if canImport(Security)
    import CountersignFFI
    import Foundation
    import Security

    extension SecureEnclaveKeyStore {
        /// What the framework made, or why it did not, as the core can act on it.
        func checked<Made>(_ call: (inout Unmanaged<CFError>?) -> Made?) throws -> Made {
            var error: Unmanaged<CFError>?
            if let made = call(&error) { return made }
            let code = error.map { CFErrorGetCode($0.takeRetainedValue()) } ?? 0
            throw Self.fault(OSStatus(truncatingIfNeeded: code))
        }

        /// A key that is not found is gone for good; anything else may work the next time (2.2.2).
        static func fault(_ status: OSStatus) -> KeyStoreFault {
            switch status {
            case errSecItemNotFound: .NotFound
            case errSecDuplicateItem: .Exists
            // The phone is locked.
            case errSecInteractionNotAllowed: .Transient
            default: .Unexpected
            }
        }
    }
#endif
