import CountersignKeyStoreCases
import CountersignSoftware
import Testing

@Suite struct SoftwareKeyStoreTests {
    private static let contract = KeyStoreContract(SoftwareKeyStore()) {
        verifies(spki: $0, message: $1, signature: $2)
    }

    @Test(arguments: Self.contract.cases.map(\.name))
    func keepsTheContract(name: String) throws {
        let known = Self.contract.cases.first { $0.name == name }
        try #require(known).run()
    }
}
