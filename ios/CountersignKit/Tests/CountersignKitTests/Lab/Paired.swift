import CountersignFFI
import CountersignKit

/// A server and a phone that is paired with it.
struct Paired: Sendable {
    static let pin = "4927"
    let server: LabServer
    let phone: LabPhone
    /// The server's name for the account.
    let account: String

    /// The phone's.
    func here() throws -> Account { try phone.onlyAccount() }
}

/// One account at one server on one phone.
@MainActor
func withPaired(_ test: @MainActor (Paired) async throws -> Void) async throws {
    try await withServer { server in
        let phone = try LabPhone()
        let account = try await server.addAccount("anna@example.eu")
        try await phone.pair(server, account, pin: Paired.pin)
        try await test(Paired(server: server, phone: phone, account: account))
    }
}

/// The whole app over that phone.
@MainActor
func app(on phone: LabPhone, device: LabDevice = LabDevice()) -> AppModel {
    let app = AppModel(core: phone.core, around: around(device: device), choiceStore: LabChoices())
    app.start()
    return app
}
