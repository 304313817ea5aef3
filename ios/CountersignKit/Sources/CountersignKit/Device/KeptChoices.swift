import Foundation

/// Choices in the app's own defaults. What cannot be read is as nobody has chosen.
@MainActor
public final class KeptChoices: ChoiceStore {
    private static let key = "choices"
    private let kept: UserDefaults

    /// In these defaults.
    public init(_ kept: UserDefaults = .standard) {
        self.kept = kept
    }

    public func load() -> Choices {
        let read = kept.data(forKey: Self.key).flatMap { try? JSONDecoder().decode(Choices.self, from: $0) }
        return read ?? Choices()
    }

    public func save(_ choices: Choices) {
        if let written = try? JSONEncoder().encode(choices) {
            kept.set(written, forKey: Self.key)
        }
    }
}
