import CountersignFFI
import Observation

/// Mirrors one flow of the core. It decides nothing: a step is a call, its answer is the next state.
@Observable
@MainActor
open class FlowModel<State: Sendable>: AnyFlowModel {
    /// What the screen shows.
    public private(set) var shown = Shown<State>()

    @ObservationIgnored let around: Surroundings
    @ObservationIgnored private var following: Task<Void, Never>?
    @ObservationIgnored private var gone = false

    init(around: Surroundings) {
        self.around = around
    }

    /// Takes a step, unless one is under way: a double tap is one tap.
    @discardableResult
    func step(_ call: @escaping @Sendable () throws -> State) -> Task<Void, Never>? {
        steps { [around] in try await around.offMain(call) }
    }

    /// Takes several steps as one: nil leaves the state as it is.
    ///
    /// The task belongs to nobody: a screen that goes away cancels nothing, and what was answered arrives here.
    @discardableResult
    func steps(_ work: @escaping @MainActor () async throws -> State?) -> Task<Void, Never>? {
        if shown.busy { return nil }
        shown.busy = true
        shown.problem = nil
        following?.cancel()
        return Task { await take(work) }
    }

    private func take(_ work: @MainActor () async throws -> State?) async {
        do {
            if let state = try await work() {
                arrived(state)
            } else {
                shown.busy = false
            }
        } catch {
            shown.busy = false
            // Anything else than a problem is a promise that the core broke: said like any problem.
            shown.problem = error as? Problem ?? .Internal
        }
    }

    private func arrived(_ state: State) {
        shown = Shown(state: state, since: around.clock.elapsed())
        if gone { return }
        following = Task { [weak self] in
            try? await self?.follow(state)
        }
    }

    /// What follows of itself from a state: a wait, a question to the server. Ends with the next step, whoever takes it.
    func follow(_ state: State) async throws {}

    /// Waits, then goes on, unless another step was taken meanwhile.
    func after(_ seconds: Double, _ next: () -> Void) async throws {
        try await around.clock.sleep(seconds)
        try Task.checkCancellation()
        next()
    }

    /// The person has read the problem.
    public func understood() {
        shown.problem = nil
    }

    /// Whoever watched is gone: nothing follows of itself any more. What is under way runs to its end.
    open func left() {
        gone = true
        stopFollowing()
    }

    /// What would follow of itself does not, until the next step.
    func stopFollowing() {
        following?.cancel()
    }

    /// Another app is in front: what must not lie around is wiped.
    open func hidden() {}
}

/// A flow's model, whatever its states are.
@MainActor
public protocol AnyFlowModel: AnyObject {
    /// Whoever watched is gone.
    func left()

    /// Another app is in front.
    func hidden()
}
