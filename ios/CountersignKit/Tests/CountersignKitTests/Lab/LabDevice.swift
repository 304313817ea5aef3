import CountersignFFI
import CountersignKit
import Foundation

/// A device whose state a test sets.
@MainActor
final class LabDevice: Device {
    let name = "iPhone 17"
    var allowed = Permissions(notifications: true, camera: true, background: nil)
    var call = false
    var copied: String?
    var locked = true
    private(set) var opened: [SystemPage] = []
    private(set) var browsed: [String] = []

    nonisolated init() {}

    func permissions() -> Permissions { allowed }

    func onCall() -> Bool { call }

    func hasScreenLock() -> Bool { locked }

    func open(_ page: SystemPage) { opened.append(page) }

    func browse(_ address: String) -> Bool {
        browsed.append(address)
        return true
    }

    func clipboard() -> String? { copied }

    func remind(at moment: Date) async -> Bool { allowed.notifications == true }
}

/// A sensor: its answers come one after the other; then the right finger is on it.
@MainActor
final class LabPrompt: Prompt {
    private let keys: (any KeyStore)?
    private var answers: [PromptAnswer]
    /// Told when the question is on screen.
    var asked: () -> Void = {}

    init(keys: (any KeyStore)? = nil, answers: [PromptAnswer] = []) {
        self.keys = keys
        self.answers = answers
    }

    func sign(_ request: SignatureRequest, title: String, usePin: String) async -> PromptAnswer {
        asked()
        if !answers.isEmpty { return answers.removeFirst() }
        guard let signature = try? keys?.sign(alias: request.key, payload: request.payload) else { return .unavailable }
        return .signed(signature)
    }
}

/// Choices in memory.
@MainActor
final class LabChoices: ChoiceStore {
    private(set) var kept = Choices()

    func load() -> Choices { kept }

    func save(_ choices: Choices) { kept = choices }
}

/// What models stand on in a test.
@MainActor
func around(device: LabDevice = LabDevice(), prompt: LabPrompt = LabPrompt()) -> Surroundings {
    Surroundings(device: device, prompt: prompt)
}
