import Foundation

/// What happened, in order, on whatever thread.
final class Recorder: @unchecked Sendable {
    private let lock = NSLock()
    private var told: [String] = []

    var all: [String] { lock.withLock { told } }

    @Sendable func add(_ what: String) {
        lock.withLock { told.append(what) }
    }
}

/// A task that somebody cancels in the middle of its work.
final class Cancelled: @unchecked Sendable {
    private let lock = NSLock()
    private var task: Task<Void, Never>?
    private var wanted = false

    /// At once, or as soon as the task is known.
    func cancel() {
        lock.withLock {
            wanted = true
            task?.cancel()
        }
    }

    func wait(for task: Task<Void, Never>) {
        lock.withLock {
            self.task = task
            if wanted { task.cancel() }
        }
    }
}
