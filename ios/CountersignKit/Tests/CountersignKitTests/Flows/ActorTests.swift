import CountersignFFI
import Foundation
import Testing

@testable import CountersignKit

extension Flows {
    /// The main actor never waits for the core, and no answer is lost on the way back to it.
    @MainActor @Suite struct ActorTests {
        @Test func theMainActorRunsWhileACallIsUnderWay() async throws {
            try await withPaired { lab in
                let signIn = try await lab.server.signIn(lab.account)
                let reached = DispatchSemaphore(value: 0)
                let (calls, waited) = (Recorder(), Recorder())
                let flow = WatchedFlow(try await lab.phone.onlyRequest()) { call in
                    calls.add(call)
                    // The call stands still until the main actor has gone on. If it is the main actor itself that called,
                    // nobody comes.
                    if reached.wait(timeout: .now() + 10) == .timedOut { waited.add("in vain") }
                    if Thread.isMainThread { waited.add("on the main thread") }
                }
                let model = try model(flow, signIn)
                let task = model.submit()
                try await eventually { calls.all == ["approve"] }
                #expect(model.shown.busy)
                model.understood()
                reached.signal()
                await task?.value
                #expect(model.isApproved)
                #expect(waited.all.isEmpty)
            }
        }

        @Test func theMainActorTicksWhileThePinIsStretched() async throws {
            try await withPaired { lab in
                let signIn = try await lab.server.signIn(lab.account)
                let model = try model(try await lab.phone.onlyRequest(), signIn)
                let task = model.submit()
                var ticks = 0
                while model.shown.busy {
                    ticks += 1
                    try await Task.sleep(for: .milliseconds(1))
                }
                await task?.value
                #expect(model.isApproved)
                #expect(ticks > 5)
            }
        }

        @Test(arguments: ["before", "approve", "after"])
        func anApprovalWhoseTaskIsCancelledIsNotLost(at place: String) async throws {
            try await withPaired { lab in
                let signIn = try await lab.server.signIn(lab.account)
                let waiting = Cancelled()
                let flow = WatchedFlow(try await lab.phone.onlyRequest()) { _ in
                    if place == "approve" { waiting.cancel() }
                }
                let model = try model(flow, signIn)
                let task = try #require(model.submit())
                waiting.wait(for: task)
                if place == "before" { task.cancel() }
                if place == "after" {
                    try await Task.sleep(for: .milliseconds(60))
                    task.cancel()
                }
                await task.value
                try await approvedEverywhere(lab, model, signIn)
            }
        }

        @Test(arguments: ["approveByBiometrics", "prompt", "submitSignature"])
        func aSignatureOfTheSensorIsNotLostEither(at place: String) async throws {
            try await withPaired { lab in
                try await turnOnBiometrics(lab)
                let signIn = try await lab.server.signIn(lab.account, factors: #""pin","bio""#)
                let waiting = Cancelled()
                let flow = WatchedFlow(try await lab.phone.onlyRequest()) { if $0 == place { waiting.cancel() } }
                let prompt = LabPrompt(keys: lab.phone.keys)
                prompt.asked = { if place == "prompt" { waiting.cancel() } }
                let model = try model(flow, signIn, prompt)
                let task = try #require(model.askBiometrics(title: "Approve", usePin: "PIN"))
                waiting.wait(for: task)
                await task.value
                #expect(task.isCancelled)
                try await approvedEverywhere(lab, model, signIn)
            }
        }

        @Test func aScreenThatGoesAwayLosesNothing() async throws {
            try await withPaired { lab in
                let signIn = try await lab.server.signIn(lab.account)
                let calls = Recorder()
                var model: RequestModel? = try model(
                    WatchedFlow(try await lab.phone.onlyRequest(), before: calls.add),
                    signIn
                )
                let task = model?.submit()
                try await eventually { !calls.all.isEmpty }
                model?.left()
                model = nil
                await task?.value
                let told = try await lab.server.state(of: signIn.tid)
                #expect(told == "approved")
                #expect(try lab.phone.core.history().first?.outcome == .confirmed)
            }
        }

        private func model(
            _ flow: any SignInFlowProtocol,
            _ signIn: LabServer.SignIn,
            _ prompt: LabPrompt = LabPrompt()
        ) throws -> RequestModel {
            let request = try (flow as? WatchedFlow)?.unwatchedRequest() ?? flow.request()
            let model = RequestModel(flow: flow, request: request, warnOfCalls: true, around: around(prompt: prompt))
            model.number.type(signIn.number)
            model.pad.type(Paired.pin)
            return model
        }

        private func approvedEverywhere(_ lab: Paired, _ model: RequestModel, _ signIn: LabServer.SignIn) async throws {
            #expect(model.isApproved)
            #expect(!model.shown.busy)
            let told = try await lab.server.state(of: signIn.tid)
            #expect(told == "approved")
            #expect(try lab.phone.core.history().first?.outcome == .confirmed)
        }

        private func turnOnBiometrics(_ lab: Paired) async throws {
            let around = around(prompt: LabPrompt(keys: lab.phone.keys))
            let model = BiometricsModel(core: lab.phone.core, account: try lab.here(), around: around)
            await model.turnOn()?.value
            model.pad.type(Paired.pin)
            await model.submit(title: "Turn on", usePin: "PIN")?.value
            #expect(model.shown.state == .turningOn(.on))
        }
    }
}
