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

        /// Whether a face or finger is enrolled. It still is when too many wrong ones were shown.
        nonisolated public static func isEnrolled() -> Bool {
            var error: NSError?
            if LAContext().canEvaluatePolicy(.deviceOwnerAuthenticationWithBiometrics, error: &error) { return true }
            return (error as? LAError)?.code == .biometryLockout
        }

        public func sign(_ request: SignatureRequest, title: String, usePin: String) async -> PromptAnswer {
            // Of this question alone, and handed on to the one signature that follows the answer.
            nonisolated(unsafe) let context = LAContext()
            context.localizedFallbackTitle = usePin
            do {
                try await context.evaluatePolicy(.deviceOwnerAuthenticationWithBiometrics, localizedReason: title)
                return try await offMain { try Self.signed(request, context) }
            } catch let error as LAError {
                return Self.answer(to: error.code)
            } catch {
                return .unavailable
            }
        }

        nonisolated private static func signed(
            _ request: SignatureRequest,
            _ context: LAContext
        ) throws -> PromptAnswer {
            guard let key = try SecureEnclaveKeyStore.find(request.key, [kSecUseAuthenticationContext: context]) else {
                return .invalidated
            }
            var error: Unmanaged<CFError>?
            let payload = request.payload as CFData
            if let signature = SecKeyCreateSignature(key, .ecdsaSignatureMessageX962SHA256, payload, &error) {
                return .signed(signature as Data)
            }
            guard let why = error?.takeRetainedValue() else { return .unavailable }
            return answer(to: why as any Error as NSError)
        }

        /// The key is gone if a face or finger was added or removed since it was made; anything else may work the next time.
        nonisolated private static func answer(to error: NSError) -> PromptAnswer {
            if let code = (error as? LAError)?.code { return answer(to: code) }
            let gone = [Int(errSecAuthFailed), Int(errSecItemNotFound)]
            return error.domain == NSOSStatusErrorDomain && gone.contains(error.code) ? .invalidated : .unavailable
        }

        nonisolated private static func answer(to code: LAError.Code) -> PromptAnswer {
            switch code {
            case .userCancel, .userFallback, .systemCancel, .appCancel: .cancelled
            case .biometryLockout: .lockedOut
            // All of them were removed.
            case .biometryNotEnrolled: .invalidated
            default: .unavailable
            }
        }
    }
#endif
