#if canImport(Security)
    import CountersignFFI
    import CryptoTokenKit
    import Foundation
    import LocalAuthentication
    import Security

    extension SecureEnclaveKeyStore {
        /// What the framework made, or why it did not, as the core can act on it. `gone`: what says of this call that what
        /// it was given is no use any more.
        func checked<Made>(gone: [OSStatus] = [], _ call: (inout Unmanaged<CFError>?) -> Made?) throws -> Made {
            var error: Unmanaged<CFError>?
            if let made = call(&error) { return made }
            guard let why = error?.takeRetainedValue() else { throw KeyStoreFault.Unexpected }
            throw Self.fault(why as any Error as NSError, gone)
        }

        /// By whose error it is. The enclave itself, and whoever asks for a person's consent, fail for now: a key is never
        /// called lost because one of them was busy, or was not there yet.
        private static func fault(_ error: NSError, _ gone: [OSStatus]) -> KeyStoreFault {
            switch error.domain {
            case TKError.errorDomain, LAError.errorDomain: return .Transient
            case NSOSStatusErrorDomain:
                let status = OSStatus(truncatingIfNeeded: error.code)
                return gone.contains(status) ? .NotFound : fault(status)
            default: return .Unexpected
            }
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
