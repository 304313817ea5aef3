import CountersignFFI
import Testing

@testable import CountersignKit

extension Flows {
    @MainActor @Suite struct PairingTests {
        @Test func aPhonePairsByAPastedLinkAndTheCodeThatItShows() async throws {
            try await withServer { server in
                let phone = try LabPhone()
                let enrolment = try await server.enrol(try await server.addAccount("anna@example.eu"))
                let model = PairingModel(flow: try await phone.pasted(enrolment.link), around: around())
                await model.begin()?.value
                guard case .confirm(_, let iss, let account, _) = model.shown.state else {
                    throw LabFault("\(model.shown)")
                }
                #expect(iss == server.base)
                #expect(account == "a***@example.eu")

                await model.accept()?.value
                await choose(model, "4927", "4927")
                guard case .typeCode(let code, _, _) = model.shown.state else { throw LabFault("\(model.shown)") }
                #expect(model.first.typed + model.again.typed == 0)

                try await server.confirm(enrolment, code: code)
                try await eventually { if case .active = model.shown.state { true } else { false } }
                let paired = try phone.onlyAccount()
                #expect(paired.state == .active)
                #expect(paired.label?.account == "anna@example.eu")
            }
        }

        @Test func twoPinsThatDifferAndAPinThatIsARowAreRefusedAndTheNextChoiceIsTaken() async throws {
            try await withServer { server in
                let phone = try LabPhone()
                let enrolment = try await server.enrol(try await server.addAccount("boris@example.eu"))
                let model = PairingModel(flow: try await phone.pasted(enrolment.link), around: around())
                await model.accept()?.value
                await choose(model, "4927", "4928")
                #expect(model.shown.problem == .PinMismatch)
                await choose(model, "1234", "1234")
                #expect(model.shown.problem == .PinRejected(rule: .row))
                await choose(model, "4927", "4927")
                #expect(model.shown.problem == nil)
                guard case .typeCode = model.shown.state else { throw LabFault("\(model.shown)") }
                model.left()
            }
        }

        @Test func withoutALockOfTheScreenNothingIsSent() async throws {
            try await withServer { server in
                let device = LabDevice()
                device.locked = false
                let link = try await server.enrol(try await server.addAccount("clara@example.eu")).link
                let model = PairingModel(flow: try await LabPhone().pasted(link), around: around(device: device))
                #expect(model.accept() == nil)
                #expect(model.lacksLock)
                #expect(model.shown.state == nil)
            }
        }

        private func choose(_ model: PairingModel, _ pin: String, _ again: String) async {
            model.first.type(pin)
            model.repeatPin()
            model.again.type(again)
            await model.choosePin()?.value
        }
    }
}
