#if DEBUG
    import CountersignFFI
    import CountersignKit
    import Foundation

    /// A phone where everything is allowed.
    @MainActor
    final class SampleDevice: Device {
        private let isOnCall: Bool

        init(isOnCall: Bool = false) {
            self.isOnCall = isOnCall
        }

        let name = "iPhone 17"

        func permissions() -> Permissions { Permissions(notifications: true, camera: true, background: nil) }

        func onCall() -> Bool { isOnCall }

        func hasScreenLock() -> Bool { true }

        func open(_ page: SystemPage) {}

        func browse(_ address: String) -> Bool { true }

        func clipboard() -> String? { nil }

        func remind(at moment: Date) async -> Bool { true }
    }

    @MainActor
    final class SamplePrompt: Prompt {
        func sign(_ request: SignatureRequest, title: String, usePin: String) async -> PromptAnswer { .cancelled }
    }

    @MainActor
    final class SampleChoices: ChoiceStore {
        private var choices = Choices()

        func load() -> Choices { choices }

        func save(_ choices: Choices) {
            self.choices = choices
        }
    }

    /// Always the same day; a time limit does run.
    struct SampleClock: ShellClock {
        private let clock = SystemClock()

        func elapsed() -> Duration { clock.elapsed() }

        func now() -> Date { Date(timeIntervalSince1970: 1_796_048_460) }

        func sleep(_ seconds: TimeInterval) async throws {
            try await clock.sleep(seconds)
        }
    }
#endif
