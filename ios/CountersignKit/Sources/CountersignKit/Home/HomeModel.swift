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
        /// When the servers were asked; nil before.
        public var checkedAt: Date?
        /// Where the requests are opened: this list's own, so that a row never opens what another list has in its place.
        var inbox: (any InboxProtocol)?

        /// For a preview, too.
        public init(
            accounts: [Account],
            waiting: [Request] = [],
            silent: [Silent] = [],
            checkedAt: Date? = nil
        ) {
            self.accounts = accounts
            self.waiting = waiting
            self.silent = silent
            self.checkedAt = checkedAt
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
        step { [core, clock = around.clock] in try Self.ask(core, clock) }
    }

    /// The flow of a request that waits.
    func open(_ request: Request) -> (any SignInFlowProtocol)? {
        try? shown.state?.inbox?.open(place: request.place)
    }

    override func follow(_ state: State) async throws {
        if state.checkedAt == nil, !state.accounts.isEmpty { check() }
    }

    nonisolated private static func ask(_ core: any AuthenticatorProtocol, _ clock: any ShellClock) throws -> State {
        for account in try core.accounts() { settle(core, account) }
        let inbox = try core.requests()
        var state = State(accounts: try core.accounts(), checkedAt: clock.now())
        state.waiting = try inbox.requests()
        state.silent = try inbox.silent()
        state.inbox = inbox
        return state
    }

    /// A pairing whose code was typed meanwhile is finished. That a server does not answer is said by its list of
    /// requests.
    nonisolated private static func settle(_ core: any AuthenticatorProtocol, _ account: Account) {
        if case .pairing = account.state { _ = try? core.check(account: account.id) }
    }
}
