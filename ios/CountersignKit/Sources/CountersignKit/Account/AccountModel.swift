import CountersignFFI
import Observation

/// One account with its phones (A2, A4).
@Observable
@MainActor
public final class AccountModel: FlowModel<AccountModel.State> {
    /// What the screen shows.
    public struct State: Sendable, Equatable {
        /// The account as the vault has it.
        public let account: Account
        /// What the server says of this phone; nil before it answered.
        public var standing: Standing?
        /// The phones; nil before the server answered.
        public var phones: [Phone]?
        /// What a change whose answer was lost came to, if there was one.
        public var settled: Settled?

        /// For a preview, too.
        public init(account: Account, standing: Standing? = nil, phones: [Phone]? = nil, settled: Settled? = nil) {
            self.account = account
            self.standing = standing
            self.phones = phones
            self.settled = settled
        }
    }

    @ObservationIgnored private let core: any AuthenticatorProtocol
    @ObservationIgnored private let opened: Account

    init(core: any AuthenticatorProtocol, account: Account, around: Surroundings) {
        self.core = core
        opened = account
        super.init(around: around)
    }

    /// Shows what is here at once, then what the server says.
    @discardableResult
    public func begin() -> Task<Void, Never>? {
        step { [core, id = opened.id] in State(account: try Self.current(core, id)) }
    }

    /// Asks the server again.
    @discardableResult
    public func refresh() -> Task<Void, Never>? {
        step { [core, id = opened.id] in try Self.ask(core, id) }
    }

    /// Another name for this phone.
    @discardableResult
    public func rename(_ name: String) -> Task<Void, Never>? {
        step { [core, id = opened.id] in
            try core.rename(account: id, name: name)
            return try Self.ask(core, id)
        }
    }

    /// Deletes an account that the server has removed.
    @discardableResult
    public func forget(then: @escaping @MainActor () -> Void) -> Task<Void, Never>? {
        steps { [core, around, id = opened.id] in
            try await around.offMain { try core.forget(account: id) }
            then()
            return nil
        }
    }

    override func follow(_ state: State) async throws {
        if state.standing == nil { refresh() }
    }

    nonisolated private static func ask(_ core: any AuthenticatorProtocol, _ id: AccountId) throws -> State {
        let settled = try core.settle(account: id)
        let standing = try core.check(account: id)
        let phones = standing == .active ? try core.phones(account: id) : nil
        return State(account: try current(core, id), standing: standing, phones: phones, settled: settled)
    }

    nonisolated private static func current(_ core: any AuthenticatorProtocol, _ id: AccountId) throws -> Account {
        guard let account = try core.accounts().first(where: { $0.id == id }) else { throw Problem.NoSuchAccount }
        return account
    }
}
