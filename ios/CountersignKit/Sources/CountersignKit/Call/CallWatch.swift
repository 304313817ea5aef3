/// Whether a telephone call is going on (H2). Nothing is known of the call, and nothing is kept.
@MainActor
public protocol CallWatch: AnyObject {
    /// As it is now.
    var onCall: Bool { get }
}

#if canImport(CallKit) && os(iOS)
    import CallKit

    /// The system's own list of calls, of whatever app.
    @MainActor
    public final class SystemCallWatch: CallWatch {
        private let observer = CXCallObserver()

        /// Knows of calls from now on, and of those that are going on.
        public init() {}

        public var onCall: Bool { observer.calls.contains { !$0.hasEnded } }
    }
#endif
