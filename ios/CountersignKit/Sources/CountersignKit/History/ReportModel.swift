import CountersignFFI
import Observation

/// "It wasn't me", of a request that is over: cancelled, run out, or answered elsewhere (D1).
@Observable
@MainActor
public final class ReportModel: FlowModel<ReportModel.State> {
    /// What became of it.
    public enum State: Sendable {
        /// The report has arrived.
        case arrived
    }

    @ObservationIgnored private let core: any AuthenticatorProtocol
    @ObservationIgnored private let tid: String

    /// The account that the request was for.
    @ObservationIgnored public let account: Account

    init(core: any AuthenticatorProtocol, account: Account, tid: String, around: Surroundings) {
        self.core = core
        self.account = account
        self.tid = tid
        super.init(around: around)
    }

    /// Reports it.
    @discardableResult
    public func report() -> Task<Void, Never>? {
        step { [core, tid, id = account.id] in
            try core.report(account: id, tid: tid)
            return .arrived
        }
    }
}
