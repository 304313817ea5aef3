import Foundation

/// Time, as the screens see it.
public protocol ShellClock: Sendable {
    /// Since some fixed moment; never set, never going back. For what is left of a time limit.
    func elapsed() -> Duration

    /// As the phone's clock says. For words like "today" alone.
    func now() -> Date

    /// Waits; ends early, by an error, when the task is cancelled.
    func sleep(_ seconds: TimeInterval) async throws
}

/// The clock of this machine. It goes on while the phone sleeps.
public struct SystemClock: ShellClock {
    private static let start = ContinuousClock.now

    /// The one there is.
    public init() {}

    public func elapsed() -> Duration { ContinuousClock.now - Self.start }

    public func now() -> Date { Date() }

    public func sleep(_ seconds: TimeInterval) async throws {
        try await Task.sleep(for: .seconds(seconds), clock: .continuous)
    }
}
