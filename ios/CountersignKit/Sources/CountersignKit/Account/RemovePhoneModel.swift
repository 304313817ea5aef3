import CountersignFFI
import Observation

/// Removes another phone of the account, with the PIN (A4, A7).
@Observable
@MainActor
public final class RemovePhoneModel: FlowModel<PinOutcome> {
    @ObservationIgnored private let core: any AuthenticatorProtocol

    /// The account.
    @ObservationIgnored public let account: Account
    /// The phone to remove.
    @ObservationIgnored public let phone: Phone
    /// The PIN.
    @ObservationIgnored public let pad = PinPad()

    init(core: any AuthenticatorProtocol, account: Account, phone: Phone, around: Surroundings) {
        self.core = core
        self.account = account
        self.phone = phone
        super.init(around: around)
    }

    /// The PIN is typed; the entry is empty afterwards.
    @discardableResult
    public func submit() -> Task<Void, Never>? {
        step(taking: pad) { [core, id = account.id, reference = phone.reference] pin in
            try core.removePhone(account: id, reference: reference, pin: pin)
        }
    }

    override public func hidden() {
        pad.clear()
    }

    override public func left() {
        super.left()
        pad.clear()
    }
}
