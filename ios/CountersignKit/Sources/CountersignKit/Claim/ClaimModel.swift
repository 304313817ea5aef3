import CountersignFFI
import Observation

/// From a scanned frame or a tapped link to its request (S3, S4, A3).
@Observable
@MainActor
public final class ClaimModel: FlowModel<ClaimState> {
    @ObservationIgnored private let flow: any ClaimFlowProtocol
    @ObservationIgnored private let claimed: @MainActor (SignInFlow) -> Void

    init(flow: any ClaimFlowProtocol, around: Surroundings, claimed: @escaping @MainActor (SignInFlow) -> Void) {
        self.flow = flow
        self.claimed = claimed
        super.init(around: around)
    }

    /// Goes on by itself when there is nothing to choose.
    @discardableResult
    public func begin() -> Task<Void, Never>? {
        step { [flow] in try flow.begin() }
    }

    /// For this account; after no answer the same one once more, and the same bytes are sent.
    @discardableResult
    public func choose(_ account: AccountId) -> Task<Void, Never>? {
        step { [flow] in try flow.choose(account: account) }
    }

    override func follow(_ state: ClaimState) async throws {
        switch state {
        case .claimed(let flow): claimed(flow)
        case .chooseAccount, .otherAccount, .unanswered: break
        }
    }
}
