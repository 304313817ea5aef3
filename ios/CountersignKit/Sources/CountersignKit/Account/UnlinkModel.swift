import CountersignFFI
import Observation

/// Removes the account from this phone and this phone from the account (A5).
@Observable
@MainActor
public final class UnlinkModel: FlowModel<Unlinked> {
    @ObservationIgnored private let core: any AuthenticatorProtocol

    /// The account.
    @ObservationIgnored public let account: Account
    /// How many phones it has, if the server said it.
    @ObservationIgnored public let phones: Int?

    init(core: any AuthenticatorProtocol, account: Account, phones: Int?, around: Surroundings) {
        self.core = core
        self.account = account
        self.phones = phones
        super.init(around: around)
    }

    /// Here and at the server.
    @discardableResult
    public func unlink() -> Task<Void, Never>? {
        step { [core, id = account.id] in
            try core.unlink(account: id)
            return .everywhere
        }
    }
}
