import CountersignFFI
import Foundation
import Observation

/// Accounts, and the requests that wait (A3, S1, S2).
@Observable
@MainActor
public final class HomeModel: FlowModel<HomeModel.State> {
    /// What the screen shows.
    public struct State: Sendable {
        /// All accounts of this phone.
        public let accounts: [Account]
        /// Requests that wait for an answer.
        public var waiting: [Request] = []
        /// Accounts whose server gave no list, and why.
        public var silent: [Silent] = []
        /// What became of changes whose answer was lost, with the process perhaps; until the person comes back here.
        public var settled: [Change] = []
        /// When the servers were asked; nil before.
        public var checkedAt: Date?
        /// Where the requests are opened: this list's own, so that a row never opens what another list has in its place.
        var inbox: (any InboxProtocol)?

        /// For a preview, too.
        public init(
            accounts: [Account],
            waiting: [Request] = [],
            silent: [Silent] = [],
            settled: [Change] = [],
            checkedAt: Date? = nil
        ) {
            self.accounts = accounts
            self.waiting = waiting
            self.silent = silent
            self.settled = settled
            self.checkedAt = checkedAt
        }
    }

    /// What a change of an account came to.
    public struct Change: Sendable {
        public let account: Account
        public let settled: Settled

        /// For a preview, too.
        public init(account: Account, settled: Settled) {
            self.account = account
            self.settled = settled
        }
    }

    @ObservationIgnored private let core: any AuthenticatorProtocol

    init(core: any AuthenticatorProtocol, around: Surroundings) {
        self.core = core
        super.init(around: around)
    }

    /// Shows the accounts at once, without a server.
    @discardableResult
    public func begin() -> Task<Void, Never>? {
        step { [core] in State(accounts: try core.accounts()) }
    }

    /// Asks the servers for requests.
    @discardableResult
    public func check() -> Task<Void, Never>? {
        let before = shown.state?.settled ?? []
        return step { [core, clock = around.clock] in try Self.ask(core, clock, before) }
    }

    /// The flow of a request, where the list that is shown has it: a row of the list before may have another place now.
    func open(_ request: Request) -> (any SignInFlowProtocol)? {
        let same = shown.state?.waiting.first { $0.tid == request.tid && $0.account.id == request.account.id }
        return same.flatMap { try? shown.state?.inbox?.open(place: $0.place) }
    }

    override func follow(_ state: State) async throws {
        if state.checkedAt == nil, !state.accounts.isEmpty { check() }
    }

    nonisolated private static func ask(
        _ core: any AuthenticatorProtocol,
        _ clock: any ShellClock,
        _ before: [Change]
    ) throws -> State {
        // Before the lists are fetched, which settles too and tells nobody.
        let settled = before + (try core.accounts()).compactMap { settle(core, $0) }
        let inbox = try core.requests()
        var state = State(accounts: try core.accounts(), settled: settled, checkedAt: clock.now())
        state.waiting = try inbox.requests()
        state.silent = try inbox.silent()
        state.inbox = inbox
        return state
    }

    /// A pairing whose code was typed meanwhile is finished; of a change of keys it is found out which ones count. That a
    /// server does not answer is said by its list of requests.
    nonisolated private static func settle(_ core: any AuthenticatorProtocol, _ account: Account) -> Change? {
        switch account.state {
        case .pairing:
            _ = try? core.check(account: account.id)
            return nil
        case .active:
            return (try? core.settle(account: account.id)).flatMap { $0 }.map { Change(account: account, settled: $0) }
        case .removed, .damaged:
            return nil
        }
    }
}
