import CountersignFFI
import Testing

@testable import CountersignKit

extension Flows {
    @MainActor @Suite struct SignInTests {
        static let pin = "4927"

        @Test func aRequestIsApprovedWithTheNumberOfTheBrowserAndThePin() async throws {
            try await withRequest { server, phone, signIn, model in
                #expect(model.request.client == LabServer.service)
                #expect(model.request.browser.place == "Brussels, BE")
                #expect(model.request.terms.needsNumber)
                await approve(model, signIn.number, Self.pin)
                guard case .approved(let code, _, _) = model.shown.state else { throw LabFault("\(model.shown)") }
                #expect(model.pad.typed == 0)
                let told = try await server.state(of: signIn.tid)
                #expect(told == "approved")
                let newest = try #require(try phone.core.history().first)
                #expect(newest.signInCode == code)
                #expect(newest.deed == .approved)
            }
        }

        @Test func aWrongNumberIsSaidAndCostsNoTryOfThePin() async throws {
            try await withRequest { _, _, signIn, model in
                await approve(model, signIn.wrongNumber, Self.pin)
                #expect(model.shown.state == .wrongNumber(left: 2))
                try await eventually { model.number.digits.isEmpty && model.stage == .read }
                await approve(model, signIn.number, Self.pin)
                #expect(model.isApproved)
            }
        }

        @Test func aWrongPinIsSaidWithTheTriesThatAreLeftAndTheRightOneStillCounts() async throws {
            try await withRequest { server, _, signIn, model in
                await approve(model, signIn.number, "4928")
                guard case .wrongPin(left: 4, _) = model.shown.state else { throw LabFault("\(model.shown)") }
                let told = try await server.state(of: signIn.tid)
                #expect(told == "pending")
                await approve(model, signIn.number, Self.pin)
                #expect(model.isApproved)
            }
        }

        @Test func nothingIsSentWithoutTheNumberOrWithHalfAPin() async throws {
            try await withRequest { server, _, signIn, model in
                await approve(model, "48392", Self.pin)
                #expect(model.shown.problem == .NumberMissing)
                #expect(model.shown.problem?.advice == .typeAgain)
                await approve(model, signIn.number, "49")
                #expect(model.shown.problem == .PinIncomplete)
                let told = try await server.state(of: signIn.tid)
                #expect(told == "pending")
            }
        }

        @Test(arguments: [(DenyWhy.cancel, "denied"), (DenyWhy.notMe, "reported")])
        func aRequestIsRefusedWithoutThePin(why: DenyWhy, state: String) async throws {
            try await withRequest { server, _, signIn, model in
                await model.deny(why)?.value
                #expect(model.shown.state == .denied(why: why))
                let told = try await server.state(of: signIn.tid)
                #expect(told == state)
            }
        }

        @Test func aSecondTapWhileTheFirstIsUnderWayDoesNothing() async throws {
            try await withRequest { server, _, signIn, model in
                model.number.type(signIn.number)
                model.pad.type(Self.pin)
                let first = model.submit()
                #expect(model.shown.busy)
                #expect(model.deny(.cancel) == nil)
                await first?.value
                #expect(model.isApproved)
            }
        }

        @Test func aCallComesBeforeTheRequest() async throws {
            let device = LabDevice()
            device.call = true
            try await withRequest(device: device) { _, _, _, model in
                #expect(model.stage == .call)
                model.read()
                #expect(model.stage == .read)
            }
        }

        @Test func whatIsTypedIsWipedWhenTheAppLeavesTheFront() async throws {
            try await withRequest { _, _, _, model in
                model.pad.type("49")
                #expect(model.pad.typed == 2)
                model.hidden()
                #expect(model.pad.typed == 0)
            }
        }

        private func approve(_ model: RequestModel, _ number: String, _ pin: String) async {
            model.number.clear()
            model.number.type(number)
            model.pad.type(pin)
            await model.submit()?.value
        }
    }
}

extension RequestModel {
    var isApproved: Bool {
        if case .approved = shown.state { true } else { false }
    }
}

/// A paired phone with a request that waits.
@MainActor
func withRequest(
    device: LabDevice = LabDevice(),
    _ test: @MainActor (LabServer, LabPhone, LabServer.SignIn, RequestModel) async throws -> Void
) async throws {
    try await withServer { server in
        let phone = try LabPhone()
        let account = try await server.addAccount("anna@example.eu")
        try await phone.pair(server, account, pin: Flows.SignInTests.pin)
        let signIn = try await server.signIn(account)
        let flow = try await phone.onlyRequest()
        let around = around(device: device)
        let model = RequestModel(flow: flow, request: try flow.request(), warnOfCalls: true, around: around)
        try await test(server, phone, signIn, model)
    }
}
