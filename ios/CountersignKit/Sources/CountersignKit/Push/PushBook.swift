import CountersignFFI
import Foundation

/// Which account is woken how: in a small file that outlives the process, because answers come at any time.
///
/// A token is random and known to the gateway alone. Whoever knows it may speak for it; anything else is ignored.
public final class PushBook: @unchecked Sendable {
    private let lock = NSLock()
    private let file: URL

    /// In this file, which no backup should take.
    public init(file: URL) {
        self.file = file
    }

    /// The account's token, a new one if it has none.
    public func token(_ account: AccountId) -> String {
        change { lines in
            let line = lines[account] ?? PushLine()
            lines[account] = line
            return line.token
        }
    }

    /// Every account that has a token.
    public func accounts() -> Set<AccountId> {
        change { Set($0.keys) }
    }

    /// Whose token it is.
    public func account(of token: String) -> AccountId? {
        change { $0.first { $1.token == token }?.key }
    }

    /// An address for a token that was given out. False for any other, and for what is no address.
    @discardableResult
    public func arrived(_ token: String, _ address: String) -> Bool {
        isAddress(address)
            && update(token) { line in
                if line.address != address { line = PushLine(token: token, address: address, told: false) }
            }
    }

    /// No address will come for this token: the next try takes another. After an address it means nothing.
    @discardableResult
    public func failed(_ token: String) -> Bool {
        update(token) { if $0.address == nil { $0 = PushLine() } }
    }

    /// The address of this token is no more.
    @discardableResult
    public func gone(_ token: String) -> Bool {
        update(token) { $0 = PushLine(told: $0.address == nil && $0.told) }
    }

    /// The account is gone. Its token means nothing any more, and is kept until the gateway has let go of it.
    public func forget(_ account: AccountId) {
        changePages { pages in
            if let line = pages.lines.removeValue(forKey: account) { pages.givenUp.insert(line.token) }
        }
    }

    /// Tokens that the gateway may still know.
    public func givenUp() -> Set<String> {
        changePages { $0.givenUp }
    }

    /// The gateway has let go of it.
    public func released(_ token: String) {
        changePages { $0.givenUp.remove(token) }
    }

    /// What the servers have to be told: the address of an account, or that it has none any more.
    func untold() -> [AccountId: String?] {
        change { lines in lines.filter { !$1.told }.mapValues(\.address) }
    }

    /// The server of this account knows `address`.
    func told(_ account: AccountId, _ address: String?) {
        change { lines in
            if lines[account]?.address == address { lines[account]?.told = true }
        }
    }

    private func update(_ token: String, _ step: (inout PushLine) -> Void) -> Bool {
        change { lines in
            guard let (account, line) = lines.first(where: { $1.token == token }) else { return false }
            var next = line
            step(&next)
            lines[account] = next
            return true
        }
    }

    private func change<Result>(_ work: (inout [AccountId: PushLine]) -> Result) -> Result {
        changePages { work(&$0.lines) }
    }

    @discardableResult
    private func changePages<Result>(_ work: (inout PushPages) -> Result) -> Result {
        lock.withLock {
            let before = readPages(file)
            var pages = before
            let result = work(&pages)
            if pages != before { writePages(file, pages) }
            return result
        }
    }
}
