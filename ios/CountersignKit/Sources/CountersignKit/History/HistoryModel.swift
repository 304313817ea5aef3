import CountersignFFI
import Observation

/// What was decided on this phone, newest first (A9).
@Observable
@MainActor
public final class HistoryModel: FlowModel<HistoryModel.State> {
    /// All of it, and whose it is.
    public struct State: Sendable, Equatable {
        /// Newest first.
        public let decided: [Decided]
        /// All accounts of this phone.
        public let accounts: [Account]

        /// For a preview, too.
        public init(decided: [Decided], accounts: [Account]) {
            self.decided = decided
            self.accounts = accounts
        }
    }

    @ObservationIgnored private let core: any AuthenticatorProtocol

    init(core: any AuthenticatorProtocol, around: Surroundings) {
        self.core = core
        super.init(around: around)
    }

    /// Shows what is kept here, then asks what became of answers whose outcome is not known.
    @discardableResult
    public func begin() -> Task<Void, Never>? {
        step { [core] in try Self.read(core) }
    }

    override func follow(_ state: State) async throws {
        let unknown = Set(state.decided.filter { $0.outcome == .unknown }.map(\.account))
        if unknown.isEmpty { return }
        let settled = try await around.offMain { [core] in
            try unknown.filter { try Self.resolves(core, $0) }.count
        }
        try Task.checkCancellation()
        if settled > 0 { begin() }
    }

    nonisolated private static func read(_ core: any AuthenticatorProtocol) throws -> State {
        State(decided: try core.history(), accounts: try core.accounts())
    }

    /// Whether fewer outcomes are unknown afterwards: if not, there is no reason to ask again.
    nonisolated private static func resolves(_ core: any AuthenticatorProtocol, _ account: AccountId) throws -> Bool {
        let before = try unknown(core, account)
        do {
            try core.resolve(account: account)
        } catch is Problem {
            return false
        }
        return try unknown(core, account) < before
    }

    nonisolated private static func unknown(_ core: any AuthenticatorProtocol, _ account: AccountId) throws -> Int {
        try core.history().filter { $0.account == account && $0.outcome == .unknown }.count
    }
}
