import CountersignFFI
import Foundation
import Testing

@testable import CountersignKit
@testable import CountersignSoftware

@MainActor @Suite struct ShellTests {
    @Test func theCoreOpensOnceAndTriesAgainWhatFailed() throws {
        let phone = try LabPhone()
        let calls = Recorder()
        let core = LateCore {
            calls.add("open")
            if calls.all.count == 1 { throw Problem.VaultUnavailable }
            return phone.core
        }
        #expect(calls.all.isEmpty)
        #expect(throws: Problem.VaultUnavailable) { try core.accounts() }
        #expect(try core.accounts().isEmpty)
        #expect(try core.history().isEmpty)
        #expect(calls.all.count == 2)
    }

    @Test func choicesAreKept() throws {
        let kept = try #require(UserDefaults(suiteName: "countersign-\(UUID().uuidString)"))
        #expect(KeptChoices(kept).load() == Choices())
        let chosen = Choices(language: "fr", appearance: .dark, warnOfCalls: false, askedForNotifications: true)
        KeptChoices(kept).save(chosen)
        #expect(KeptChoices(kept).load() == chosen)
        kept.set(Data("what is this".utf8), forKey: "choices")
        #expect(KeptChoices(kept).load() == Choices())
    }

    @Test(arguments: ["http://id.example.eu/a/l#x", "countersign://a/l#x", "https:///a/l#x", "file:///a"])
    func onlyLinksOfServersArePassedOn(address: String) {
        #expect(UniversalLink.text(of: URL(string: address)) == nil)
    }

    @Test func aLinkKeepsWhatIsBehindItsHash() {
        let link = "https://id.example.eu/a/l#AxMTExMT"
        #expect(UniversalLink.text(of: URL(string: link)) == link)
        #expect(UniversalLink.text(of: nil) == nil)
    }

    /// What the Secure Enclave leaves to the core: the whole of the construction, once more by OpenSSL (2.2.1).
    @Test func thePrfOfAnEnclaveIsTheProtocols() throws {
        let (shared, input) = (Data(1...32), Data(repeating: 9, count: 32))
        let extracted = try hmac(key: Data(count: 32), shared)
        let key = try hmac(key: extracted, Data("MAP1 ios prf key\0".utf8) + [1])
        #expect(try enclavePrf(shared: shared, input: input) == hmac(key: key, input))
        #expect(throws: KeyStoreFault.Unexpected) { try enclavePrf(shared: shared.dropLast(), input: input) }
        #expect(try enclavePeer().count == 65)
        #expect(try enclavePeer().first == 4)
    }
}
