import CountersignFFI

/// Brings accounts, gateway and servers together. Everything here blocks: it talks to servers.
public struct PushSync: Sendable {
    private let core: any AuthenticatorProtocol
    private let push: any Push
    private let book: PushBook

    /// Between these.
    public init(core: any AuthenticatorProtocol, push: any Push, book: PushBook) {
        self.core = core
        self.push = push
        self.book = book
    }

    /// At each start: a gateway may have forgotten us, and the system may have given another token for the device.
    public func atStart() throws {
        try bring { _ in true }
    }

    /// After an account may have come or gone.
    public func afterChange() throws {
        let known = book.accounts()
        try bring { !known.contains($0) }
    }

    /// After an address came. Nobody is registered here: each registration is answered by an address, without end.
    public func tell() {
        for (account, address) in book.untold() { tell(account, address) }
    }

    private func bring(_ registers: (AccountId) -> Bool) throws {
        let accounts = try core.accounts()
        for gone in book.accounts().subtracting(accounts.map(\.id)) { book.forget(gone) }
        for token in book.givenUp() { push.unregister(token) }
        let active = accounts.filter { $0.state == .active }.map(\.id)
        for account in active.filter(registers) { push.register(book.token(account)) }
        tell()
    }

    /// A server that is out of reach, or does not know this gateway, is asked again the next time.
    private func tell(_ account: AccountId, _ address: String?) {
        if (try? core.setPush(account: account, url: address)) != nil {
            book.told(account, address)
        }
    }
}
