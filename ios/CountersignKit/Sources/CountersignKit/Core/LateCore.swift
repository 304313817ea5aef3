import CountersignFFI
import Foundation

/// The core, opened by the first call of it: that reads the vault and asks the Secure Enclave, which the main actor must
/// not wait for. If it does not open, the call has the reason, and the next call tries again.
public final class LateCore: AuthenticatorProtocol, @unchecked Sendable {
    private let lock = NSLock()
    private let make: @Sendable () throws -> any AuthenticatorProtocol
    private var opened: (any AuthenticatorProtocol)?

    /// `make` is called off the main actor, once if it succeeds.
    public init(_ make: @escaping @Sendable () throws -> any AuthenticatorProtocol) {
        self.make = make
    }

    private func core() throws -> any AuthenticatorProtocol {
        try lock.withLock {
            if let opened { return opened }
            let new = try make()
            opened = new
            return new
        }
    }

    public func accounts() throws -> [Account] { try core().accounts() }

    public func check(account: AccountId) throws -> Standing { try core().check(account: account) }

    public func forget(account: AccountId) throws { try core().forget(account: account) }

    public func openCode(text: String, entry: Entry) throws -> Scanned { try core().openCode(text: text, entry: entry) }

    public func openTyped(server: String, code: String) throws -> PairingFlow {
        try core().openTyped(server: server, code: code)
    }

    public func pinPause() throws -> TimeInterval? { try core().pinPause() }

    public func requests() throws -> Inbox { try core().requests() }

    public func settle(account: AccountId) throws -> Settled? { try core().settle(account: account) }

    public func turnOffBiometrics(account: AccountId) throws { try core().turnOffBiometrics(account: account) }

    public func turnOnBiometrics(account: AccountId) throws -> BiometricsFlow {
        try core().turnOnBiometrics(account: account)
    }

    public func phones(account: AccountId) throws -> [Phone] { try core().phones(account: account) }

    public func removePhone(account: AccountId, reference: String, pin: PinEntry) throws -> PinOutcome {
        try core().removePhone(account: account, reference: reference, pin: pin)
    }

    public func rename(account: AccountId, name: String) throws { try core().rename(account: account, name: name) }

    public func setPush(account: AccountId, url: String?) throws { try core().setPush(account: account, url: url) }

    public func unlink(account: AccountId) throws { try core().unlink(account: account) }

    public func unlinkOnlyHere(account: AccountId) throws -> Unlinked { try core().unlinkOnlyHere(account: account) }

    public func endSession(account: AccountId, tid: String) throws {
        try core().endSession(account: account, tid: tid)
    }

    public func history() throws -> [Decided] { try core().history() }

    public func report(account: AccountId, tid: String) throws { try core().report(account: account, tid: tid) }

    public func resolve(account: AccountId) throws { try core().resolve(account: account) }

    public func bringIn(accounts: [AccountId], kind: EnrolmentKind) throws -> MoveFlow {
        try core().bringIn(accounts: accounts, kind: kind)
    }

    public func changePin(account: AccountId) throws -> PinChangeFlow { try core().changePin(account: account) }

    public func changePinEverywhere(accounts: [AccountId], pins: Pins) throws -> [AccountChange] {
        try core().changePinEverywhere(accounts: accounts, pins: pins)
    }

    public func selfTest(permissions: Permissions) throws -> [Finding] { try core().selfTest(permissions: permissions) }
}
