import Dispatch

/// The one way from the main actor to the core: its calls block, because they sign, derive keys and talk to servers.
///
/// They run on threads of Dispatch's, never on those few that Swift's tasks share. A call that has begun runs to its end
/// and its answer comes back, also when the task that waits for it is cancelled: what it sent cannot be taken back.
public struct OffMain: Sendable {
    private let queue: DispatchQueue

    /// Threads for calls that a person waits for.
    public init(
        queue: DispatchQueue = DispatchQueue(label: "countersign.core", qos: .userInitiated, attributes: .concurrent)
    ) {
        self.queue = queue
    }

    /// Runs `work` elsewhere and comes back with its result.
    public func callAsFunction<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result
    {
        try await withCheckedThrowingContinuation { waiting in
            queue.async {
                waiting.resume(with: Swift.Result(catching: work))
            }
        }
    }
}
