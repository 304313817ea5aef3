import CountersignFFI
import Testing

@testable import CountersignKit

extension Flows {
    @MainActor @Suite struct BiometricsTests {
        @Test func aFaceIsTurnedOnAndThenApproves() async throws {
            try await withPaired { lab in
                try await turnOn(lab, LabPrompt(keys: lab.phone.keys)) { $0.shown.state == .turningOn(.on) }
                #expect(try lab.here().label?.biometrics == true)

                let (request, signIn) = try await request(lab, LabPrompt(keys: lab.phone.keys))
                #expect(request.request.terms.takesBiometrics)
                request.number.type(signIn.number)
                await request.askBiometrics(title: "Approve", usePin: "PIN")?.value
                #expect(request.isApproved)
            }
        }

        @Test(arguments: [PromptAnswer.cancelled, .lockedOut, .invalidated, .unavailable])
        func whoeverShowsNoFaceTypesThePin(answer: PromptAnswer) async throws {
            try await withPaired { lab in
                try await turnOn(lab, LabPrompt(keys: lab.phone.keys)) { $0.shown.state == .turningOn(.on) }
                let (request, signIn) = try await request(lab, LabPrompt(answers: [answer]))
                request.number.type(signIn.number)
                await request.askBiometrics(title: "Approve", usePin: "PIN")?.value
                #expect(request.biometrics == answer)
                #expect(request.shown.state == nil)
                #expect(!request.shown.busy)
                request.pad.type(Paired.pin)
                await request.submit()?.value
                #expect(request.isApproved)
            }
        }

        @Test func withoutAFaceItIsNotTurnedOn() async throws {
            try await withPaired { lab in
                try await turnOn(lab, LabPrompt(answers: [.cancelled])) { model in
                    model.shown.state == .turningOn(.notOn) && model.answer == .cancelled
                }
                #expect(try lab.here().label?.biometrics == false)
            }
        }

        private func turnOn(_ lab: Paired, _ prompt: LabPrompt, _ ends: (BiometricsModel) -> Bool) async throws {
            let model = BiometricsModel(core: lab.phone.core, account: try lab.here(), around: around(prompt: prompt))
            await model.begin()?.value
            #expect(model.shown.state == .off(on: false))
            await model.turnOn()?.value
            #expect(model.shown.state == .turningOn(.enterPin))
            model.pad.type(Paired.pin)
            await model.submit(title: "Turn on", usePin: "PIN")?.value
            #expect(ends(model), "\(model.shown)")
        }

        private func request(_ lab: Paired, _ prompt: LabPrompt) async throws -> (RequestModel, LabServer.SignIn) {
            let signIn = try await lab.server.signIn(lab.account, factors: #""pin","bio""#)
            let flow = try await lab.phone.onlyRequest()
            let around = around(prompt: prompt)
            return (RequestModel(flow: flow, request: try flow.request(), warnOfCalls: true, around: around), signIn)
        }
    }
}
