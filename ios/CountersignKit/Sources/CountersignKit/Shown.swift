import CountersignFFI

/// What a screen mirrors: the last state of its flow, whether the flow is at work, and why it did not go on.
public struct Shown<State: Sendable>: Sendable {
    /// The flow's last state; nothing before it has one.
    public var state: State?
    /// Whether a call is under way: controls wait.
    public var busy: Bool
    /// Why the last call did not go on; gone with the next one.
    public var problem: Problem?
    /// When it came, by `ShellClock.elapsed`: what a state says of time left is meant from then on.
    public var since: Duration

    /// For a preview, or before anything happened.
    public init(state: State? = nil, busy: Bool = false, problem: Problem? = nil, since: Duration = .zero) {
        self.state = state
        self.busy = busy
        self.problem = problem
        self.since = since
    }
}
