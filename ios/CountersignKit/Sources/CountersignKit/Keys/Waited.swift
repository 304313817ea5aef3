import CountersignFFI
import Dispatch
import Foundation

/// What a call answers that comes back later on a thread of its own; nobody waits longer than until `end`.
///
/// The core has one thread for keys: a framework that never answers must not take it for good. An answer that comes too
/// late is nobody's. `fault` says what an error means.
func waited<Made: Sendable>(
    until end: DispatchTime,
    fault: ((any Error)?) -> KeyStoreFault,
    _ call: (@escaping @Sendable (Made?, (any Error)?) -> Void) -> Void
) throws -> Made {
    let (answer, arrived) = (Answer<Made>(), DispatchSemaphore(value: 0))
    call { made, error in
        answer.put(made, error)
        arrived.signal()
    }
    if arrived.wait(timeout: end) == .timedOut { throw KeyStoreFault.Transient }
    let (made, error) = answer.get()
    if let made { return made }
    throw fault(error)
}

/// Handed from the thread that answers to the one that waits, which may be gone by then.
private final class Answer<Made: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var made: Made?
    private var error: (any Error)?

    func put(_ made: Made?, _ error: (any Error)?) {
        lock.withLock { (self.made, self.error) = (made, error) }
    }

    func get() -> (Made?, (any Error)?) {
        lock.withLock { (made, error) }
    }
}
