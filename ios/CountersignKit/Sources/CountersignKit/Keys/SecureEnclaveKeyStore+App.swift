#if canImport(Security)
    import CountersignFFI
    import Foundation

    extension SecureEnclaveKeyStore {
        /// What vouches for the app: another framework's word, handed in when the store was made.
        public func appStatement(clientData: Data) throws -> AppStatement {
            guard let statement else { throw KeyStoreFault.Unsupported }
            return try statement(clientData)
        }
    }
#endif
