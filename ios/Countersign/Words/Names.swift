import CountersignFFI
import CountersignKit
import CountersignWords

extension Words {
    /// Name of the account's server, or words for one that cannot be read.
    func server(_ account: Account?) -> String { account?.label?.server ?? common.thisServer }

    /// The same, where it begins a text or stands alone.
    func serverTitle(_ account: Account?) -> String { beginning(server(account)) }

    /// What keeps the keys, in a sentence.
    func keysIn(_ level: Level) -> String {
        switch level {
        case .secureEnclave, .strongbox: account.keys
        case .tee: account.keysTee
        case .software: account.keysSoftware
        }
    }
}

extension String {
    /// A web address as people read it.
    var host: String { range(of: "://").map { String(self[$0.upperBound...]) } ?? self }

    /// Nothing where there is nothing.
    var ifAny: String? { isEmpty ? nil : self }
}
