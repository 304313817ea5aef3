import CountersignFFI
import Observation

/// One sign-in of the history, and what can still be done about it (A9, D1).
@Observable
@MainActor
public final class DecidedModel: FlowModel<DecidedModel.State> {
    /// What was done about it just now.
    public enum State: Sendable, CaseIterable {
        case ended
        case reported
    }

    @ObservationIgnored private let core: any AuthenticatorProtocol

    /// What was decided.
    @ObservationIgnored public let decided: Decided
    /// By whom, if the account is still here.
    @ObservationIgnored public let account: Account?

    init(core: any AuthenticatorProtocol, decided: Decided, account: Account?, around: Surroundings) {
        self.core = core
        self.decided = decided
        self.account = account
        super.init(around: around)
    }

    /// Ends the session that was approved.
    @discardableResult
    public func endSession() -> Task<Void, Never>? {
        step { [core, decided] in
            try core.endSession(account: decided.account, tid: decided.tid)
            return .ended
        }
    }

    /// "It wasn't me", after the fact.
    @discardableResult
    public func report() -> Task<Void, Never>? {
        step { [core, decided] in
            try core.report(account: decided.account, tid: decided.tid)
            return .reported
        }
    }
}
