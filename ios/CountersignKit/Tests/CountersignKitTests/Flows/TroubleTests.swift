import CountersignFFI
import Testing

@testable import CountersignKit

extension Flows {
    @MainActor @Suite struct TroubleTests {
        @Test func aServerThatGoesAwayIsWaitedForAndNothingIsApprovedTwice() async throws {
            try await withPaired { lab in
                let signIn = try await lab.server.signIn(lab.account)
                let flow = try await lab.phone.onlyRequest()
                let model = RequestModel(flow: flow, request: try flow.request(), warnOfCalls: true, around: around())
                model.number.type(signIn.number)
                model.pad.type(Paired.pin)
                lab.server.stop()
                await model.submit()?.value
                guard case .unanswered = model.shown.state else { throw LabFault("\(model.shown)") }
                let server = try await lab.server.again()
                defer { server.stop() }
                // Nobody touches anything: the answer is sent again by itself.
                try await eventually { model.isApproved }
                let told = try await server.state(of: signIn.tid)
                #expect(told == "approved")
                #expect(try lab.phone.core.history().count == 1)
            }
        }

        @Test func backFromThePinNothingIsSentAgainByItself() async throws {
            try await withPaired { lab in
                let signIn = try await lab.server.signIn(lab.account)
                let flow = try await lab.phone.onlyRequest()
                let calls = Recorder()
                let watched = WatchedFlow(flow, before: calls.add)
                let request = try flow.request()
                let model = RequestModel(flow: watched, request: request, warnOfCalls: true, around: around())
                model.number.type(signIn.number)
                model.pad.type(Paired.pin)
                lab.server.stop()
                await model.submit()?.value
                guard case .unanswered(let retryIn, _) = model.shown.state else { throw LabFault("\(model.shown)") }
                model.back()
                try await Task.sleep(for: .seconds(retryIn + 0.5))
                #expect(calls.all == ["approve"])
                #expect(model.stage == .read)
            }
        }

        @Test func theRequestsOfAServerThatIsAwayAreMissedAndSaidSo() async throws {
            try await withPaired { lab in
                lab.server.stop()
                let app = app(on: lab.phone)
                try await eventually { app.home.shown.state?.checkedAt != nil }
                #expect(app.home.shown.state?.silent.count == 1)
                #expect(app.home.shown.state?.waiting.isEmpty == true)
            }
        }

        @Test func aWaitingRequestIsOpenedFromTheListAndTheListIsNewAfterwards() async throws {
            try await withPaired { lab in
                let signIn = try await lab.server.signIn(lab.account)
                let app = app(on: lab.phone)
                try await eventually { app.home.shown.state?.waiting.count == 1 }
                let waiting = try #require(app.home.shown.state?.waiting.first)
                app.openRequest(waiting)
                try await eventually { !app.way.here.isHome }
                guard case .request(let model) = app.way.here else { throw LabFault("no request") }
                await model.deny(.cancel)?.value
                app.done()
                try await eventually { app.home.shown.state?.waiting.isEmpty == true && !app.home.shown.busy }
                let told = try await lab.server.state(of: signIn.tid)
                #expect(told == "denied")
            }
        }

        @Test func aSlipInATypedCodeSendsNothing() async throws {
            try await withServer { server in
                let app = app(on: try LabPhone())
                app.openTyped()
                guard case .typed(let model) = app.way.here else { throw LabFault("not typed") }
                model.server = " \(server.base)\n"
                model.code = "7QK2-M4TX-9R2B-W8CF"
                await model.submit()?.value
                #expect(model.shown.problem == .BadCode)
                model.code = "7QK2"
                #expect(model.shown.problem == nil)
            }
        }
    }
}
