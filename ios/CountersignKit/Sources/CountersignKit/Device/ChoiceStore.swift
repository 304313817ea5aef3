/// What the person has chosen about the app. No secret, nothing about an account.
public struct Choices: Sendable, Equatable, Codable {
    /// Language tag, or nil for the phone's own.
    public var language: String?
    /// Light, dark, or as the phone is.
    public var appearance: Appearance
    /// Whether a request during a telephone call is preceded by a warning (H2).
    public var warnOfCalls: Bool
    /// Whether the person was asked about notifications.
    public var askedForNotifications: Bool

    /// What nobody has changed.
    public init(
        language: String? = nil,
        appearance: Appearance = .asThePhone,
        warnOfCalls: Bool = true,
        askedForNotifications: Bool = false
    ) {
        self.language = language
        self.appearance = appearance
        self.warnOfCalls = warnOfCalls
        self.askedForNotifications = askedForNotifications
    }
}

/// Light or dark.
public enum Appearance: String, Sendable, CaseIterable, Codable {
    case asThePhone
    case light
    case dark
}

/// Where choices are kept.
@MainActor
public protocol ChoiceStore: AnyObject {
    /// What was kept last, or what nobody has changed.
    func load() -> Choices

    /// Keeps them.
    func save(_ choices: Choices)
}
