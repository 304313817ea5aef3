import CountersignFFI
import CountersignKit
import CountersignSoftware
import Foundation

/// An installation of the app: the real core over a fresh folder and software keys.
final class LabPhone: Sendable {
    let keys = SoftwareKeyStore()
    let core: Authenticator
    private let folder: URL

    init(name: String = "iPhone 17") throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "countersign-phone-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let info = PhoneInfo(name: name, os: "iOS 26", app: "0.1.0")
        let setup = Setup(vault: folder.appending(path: "vault.db").path, platform: .ios, phone: info)
        core = try Authenticator.open(setup: setup, keys: keys)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// Opens a pairing link that was pasted.
    func pasted(_ link: String) async throws -> PairingFlow {
        let scanned = try await OffMain()() { [core] in try core.openCode(text: link, entry: .pasted) }
        guard case .pairing(let flow) = scanned else { throw LabFault("not a pairing") }
        return flow
    }

    /// Pairs, as a person does, with the code typed at `server`.
    func pair(_ server: LabServer, _ account: String, pin: String) async throws {
        let enrolment = try await server.enrol(account)
        let flow = try await pasted(enrolment.link)
        let shown = try await OffMain()() {
            // An account that looks like one that is here is asked about twice.
            while true {
                if case .choosePin = try flow.state() { break }
                _ = try flow.accept()
            }
            return try flow.choosePin(first: typed(pin), repeat: typed(pin))
        }
        guard case .typeCode(let code, _, _) = shown else { throw LabFault("no code is shown: \(shown)") }
        try await server.confirm(enrolment, code: code)
        let paired = try await OffMain()() { try flow.poll() }
        guard case .active = paired else { throw LabFault("not paired: \(paired)") }
    }

    /// The only request that waits.
    func onlyRequest() async throws -> SignInFlow {
        try await OffMain()() { [core] in
            let inbox = try core.requests()
            let requests = try inbox.requests()
            guard requests.count == 1 else { throw LabFault("\(requests.count) requests") }
            return try inbox.open(place: requests[0].place)
        }
    }

    /// The only account.
    func onlyAccount() throws -> Account {
        let accounts = try core.accounts()
        guard accounts.count == 1 else { throw LabFault("\(accounts.count) accounts") }
        return accounts[0]
    }
}

/// The keypad: one digit a touch.
func typed(_ digits: String) throws -> PinEntry {
    let entry = try PinEntry()
    for digit in digits.utf8 { try entry.push(digit: digit) }
    return entry
}

extension PinPad {
    func type(_ digits: String) {
        for digit in digits { push(digit.wholeNumberValue ?? 0) }
    }
}

extension NumberField {
    func type(_ digits: String) {
        for digit in digits { push(digit.wholeNumberValue ?? 0) }
    }
}
