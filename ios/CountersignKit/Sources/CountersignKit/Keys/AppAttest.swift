#if canImport(DeviceCheck) && os(iOS)
    import CountersignFFI
    import DeviceCheck
    import Foundation

    /// App Attest (protocol 2.3): Apple says that a genuine copy of this app, on a genuine phone, made a statement.
    ///
    /// Apple does not vouch for keys of the Secure Enclave. The statement is over 32 bytes that the core makes out of the
    /// pairing and the new key, and ties that key to this run of the app, no more.
    public struct AppAttest: Sendable {
        /// Seconds that Apple's servers may take.
        private static let patience = 15.0

        /// Nothing is kept: each statement has a key of its own, so that two servers cannot tell that they know the
        /// same phone (D1).
        public init() {}

        /// Whether this device has it. A simulator has not.
        public var isSupported: Bool { DCAppAttestService.shared.isSupported }

        /// Asks Apple. It blocks, on the core's thread, for as long as Apple takes, and not for ever.
        public func statement(over clientData: Data) throws -> AppStatement {
            let service = DCAppAttestService.shared
            guard service.isSupported else { throw KeyStoreFault.Unsupported }
            let end = DispatchTime.now() + Self.patience
            let name = try waited(until: end, fault: fault) { service.generateKey(completionHandler: $0) }
            guard let keyId = Data(base64Encoded: name) else { throw KeyStoreFault.Unexpected }
            let object = try waited(until: end, fault: fault) {
                service.attestKey(name, clientDataHash: clientData, completionHandler: $0)
            }
            return AppStatement(object: object, keyId: keyId)
        }

        /// Without Apple's servers nothing is said now, and may be said later.
        private func fault(_ error: (any Error)?) -> KeyStoreFault {
            switch (error as? DCError)?.code {
            case .serverUnavailable: .Transient
            case .featureUnsupported: .Unsupported
            default: .Unexpected
            }
        }
    }
#endif
