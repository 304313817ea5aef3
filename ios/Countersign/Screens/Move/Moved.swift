import CountersignFFI
import Observation

/// Which accounts are on their way, in their order, as far as the states have told; for words alone.
@Observable
@MainActor
final class Moved {
    private var known: [Account] = []
    private var skipped: Set<AccountId> = []

    /// A state has come.
    func see(_ state: MoveState?) {
        switch state {
        case nil, .wait, .done: break
        case .enterPin(let accounts, _): keep(accounts)
        case .showCode(let account, _, _, _): keep([account])
        }
    }

    /// The account that is asked for or shown was left out.
    func skip(_ account: Account) {
        skipped.insert(account.id)
    }

    /// The accounts of a PIN: those of this state, or, during a wait, those known before.
    func asked(_ state: MoveState?) -> [Account] {
        switch state {
        case nil, .wait, .done: known
        case .enterPin(let accounts, _): accounts
        case .showCode(let account, _, _, _): [account]
        }
    }

    /// From `account` on: what a new move would have to bring.
    func from(_ account: Account) -> [Account] {
        let rest = known.drop { $0.id != account.id }.filter { !skipped.contains($0.id) }
        return rest.isEmpty ? [account] : rest
    }

    /// Whether others went before or come after.
    var areSeveral: Bool { known.count > 1 }

    /// Whether all were left out.
    var isNothing: Bool { !known.isEmpty && known.allSatisfy { skipped.contains($0.id) } }

    private func keep(_ accounts: [Account]) {
        known += accounts.filter { account in !known.contains { $0.id == account.id } }
    }
}
