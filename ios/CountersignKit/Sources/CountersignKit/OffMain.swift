import Dispatch

/// The one way from the main actor to the core: its calls block, because they sign, derive keys and talk to servers.
///
/// They run on threads of Dispatch's, never on those few that Swift's tasks share. A call that has begun runs to its end
/// and its answer comes back, also when the task that waits for it is cancelled: what it sent cannot be taken back.
///
/// `awake`: a person may go elsewhere while a call is under way, and the system would then stop the process in the middle
/// of it. It is called before each call, and what it gives after it.
public struct OffMain: Sendable {
    /// Begins a time in which the process is not stopped; what it gives ends it.
    public typealias Awake = @MainActor @Sendable () -> @MainActor @Sendable () -> Void

    private let queue: DispatchQueue
    private let awake: Awake?

    /// Threads for calls that a person waits for.
    public init(
        queue: DispatchQueue = DispatchQueue(label: "countersign.core", qos: .userInitiated, attributes: .concurrent),
        awake: Awake? = nil
    ) {
        self.queue = queue
        self.awake = awake
    }

    /// Runs `work` elsewhere and comes back with its result.
    public func callAsFunction<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result
    {
        let asleep = await awake?()
        let result: Swift.Result<Result, any Error> = await withCheckedContinuation { waiting in
            queue.async {
                waiting.resume(returning: Swift.Result(catching: work))
            }
        }
        await asleep?()
        return try result.get()
    }
}
