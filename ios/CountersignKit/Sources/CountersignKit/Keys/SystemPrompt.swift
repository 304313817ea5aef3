#if canImport(LocalAuthentication) && canImport(Security)
    import CountersignFFI
    import Foundation
    import LocalAuthentication
    import Security

    /// Face ID or Touch ID: asks, and signs once with the key that the answer opened (2.6).
    @MainActor
    public final class SystemPrompt: Prompt {
        private let offMain: OffMain

        /// Asks whoever holds this phone.
        public init(offMain: OffMain = OffMain()) {
            self.offMain = offMain
        }

        /// Whether a face or finger is enrolled.
        nonisolated public static func isEnrolled() -> Bool {
            LAContext().canEvaluatePolicy(.deviceOwnerAuthenticationWithBiometrics, error: nil)
        }

        public func sign(_ request: SignatureRequest, title: String, usePin: String) async -> PromptAnswer {
            // Of this question alone, and handed on to the one signature that follows the answer.
            nonisolated(unsafe) let context = LAContext()
            context.localizedFallbackTitle = usePin
            do {
                try await context.evaluatePolicy(.deviceOwnerAuthenticationWithBiometrics, localizedReason: title)
                let signature = try await offMain { try Self.signed(request, context) }
                return signature.map(PromptAnswer.signed) ?? .invalidated
            } catch let error as LAError {
                return answer(to: error.code)
            } catch {
                return .unavailable
            }
        }

        /// Nothing if the key is gone: a face or finger was added or removed since it was made.
        nonisolated private static func signed(_ request: SignatureRequest, _ context: LAContext) throws -> Data? {
            guard let key = try SecureEnclaveKeyStore.find(request.key, [kSecUseAuthenticationContext: context]) else {
                return nil
            }
            var error: Unmanaged<CFError>?
            let payload = request.payload as CFData
            let signature = SecKeyCreateSignature(key, .ecdsaSignatureMessageX962SHA256, payload, &error)
            error?.release()
            // The person was asked a moment ago and agreed: what still refuses is the key.
            return signature as Data?
        }

        private func answer(to code: LAError.Code) -> PromptAnswer {
            switch code {
            case .userCancel, .userFallback, .systemCancel, .appCancel: .cancelled
            case .biometryLockout: .lockedOut
            default: .unavailable
            }
        }
    }
#endif
