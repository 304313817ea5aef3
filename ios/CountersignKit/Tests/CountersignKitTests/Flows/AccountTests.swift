import CountersignFFI
import Testing

@testable import CountersignKit

extension Flows {
    /// What a person does with an account that is there.
    @MainActor @Suite struct AccountTests {
        @Test func anAccountIsShownAtOnceAndThenWithItsPhones() async throws {
            try await withPaired { lab in
                let model = AccountModel(core: lab.phone.core, account: try lab.here(), around: around())
                await model.begin()?.value
                #expect(model.shown.state?.account.label?.account == "anna@example.eu")
                try await eventually { model.shown.state?.phones?.count == 1 }
                #expect(model.shown.state?.standing == .active)
                await model.rename("Anna's phone")?.value
                #expect(model.shown.state?.phones?.first?.name == "Anna's phone")
            }
        }

        @Test func anotherPinCountsAfterTheChange() async throws {
            try await withPaired { lab in
                let account = try lab.here()
                let model = PinChangeModel(account: account, around: around()) {
                    try lab.phone.core.changePin(account: account.id)
                }
                await model.begin()?.value
                guard case .enterPins = model.shown.state else { throw LabFault("\(model.shown)") }
                await type(model, "4928", "8315")
                guard case .wrongPin(left: 4, _) = model.shown.state else { throw LabFault("\(model.shown)") }
                #expect(model.entry == .old)
                await type(model, Paired.pin, "8315")
                #expect(model.shown.state == .changed)
                let approved = try await approves(lab, pin: "8315")
                #expect(approved)
            }
        }

        @Test func anUnlinkedPhoneHasNoAccountLeft() async throws {
            try await withPaired { lab in
                let model = UnlinkModel(core: lab.phone.core, account: try lab.here(), phones: 1, around: around())
                await model.unlink()?.value
                #expect(model.shown.state == .everywhere)
                #expect(try lab.phone.core.accounts().isEmpty)
                #expect(try lab.phone.keys.list().isEmpty)
            }
        }

        @Test func theHistoryHasWhatWasDecidedAndAReportEndsIt() async throws {
            try await withPaired { lab in
                let approved = try await approves(lab, pin: Paired.pin)
                #expect(approved)
                let history = HistoryModel(core: lab.phone.core, around: around())
                await history.begin()?.value
                let decided = try #require(history.shown.state?.decided.first)
                #expect(decided.outcome == .confirmed)
                let model = DecidedModel(core: lab.phone.core, decided: decided, account: nil, around: around())
                await model.report()?.value
                #expect(model.shown.state == .reported)
            }
        }

        @Test func theSelfTestFindsSoftwareKeysAndWhatIsSwitchedOff() async throws {
            try await withPaired { lab in
                let device = LabDevice()
                device.allowed = Permissions(notifications: false, camera: true, background: nil)
                let model = SelfTestModel(core: lab.phone.core, around: around(device: device))
                await model.test()?.value
                let findings = try #require(model.shown.state?.findings)
                #expect(findings.contains { $0.subject == .keyStore && $0.verdict == .softwareKeys })
                #expect(findings.contains { $0.subject == .notifications && $0.verdict == .allow })
                #expect(findings.contains { $0.subject == .server && $0.verdict == .good })
            }
        }

        private func type(_ model: PinChangeModel, _ old: String, _ new: String) async {
            model.old.type(old)
            #expect(model.next() == nil)
            model.new.type(new)
            #expect(model.next() == nil)
            model.again.type(new)
            await model.next()?.value
        }
    }
}

/// Whether a sign-in is approved with this PIN.
@MainActor
func approves(_ lab: Paired, pin: String) async throws -> Bool {
    let signIn = try await lab.server.signIn(lab.account)
    let flow = try await lab.phone.onlyRequest()
    let model = RequestModel(flow: flow, request: try flow.request(), warnOfCalls: true, around: around())
    model.number.type(signIn.number)
    model.pad.type(pin)
    await model.submit()?.value
    return model.isApproved
}
