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

        @Test func aRowOpensItsOwnRequestWhereverTheListThatIsShownHasIt() async throws {
            try await withPaired { lab in
                let signIns = [try await lab.server.signIn(lab.account), try await lab.server.signIn(lab.account)]
                let app = app(on: lab.phone)
                try await eventually { app.home.shown.state?.waiting.count == 2 && !app.home.shown.busy }
                let rows = try #require(app.home.shown.state?.waiting)
                #expect(Set(rows.map(\.tid)) == Set(signIns.map(\.tid)))
                let flow = try #require(app.home.open(rows[0]))
                _ = try await OffMain()() { try flow.deny(why: .cancel) }
                await app.home.check()?.value
                #expect(app.home.shown.state?.waiting.map(\.tid) == [rows[1].tid])
                // The finger was on its way to a row of the list before.
                #expect(try app.home.open(rows[1])?.request().tid == rows[1].tid)
                #expect(app.home.open(rows[0]) == nil)
            }
        }

        @Test func aChangeOfThePinWhoseAnswerWasLostIsSaidAboveTheAccounts() async throws {
            try await withPaired { lab in
                let account = try lab.here()
                let model = PinChangeModel(account: account, around: around()) {
                    try lab.phone.core.changePin(account: account.id)
                }
                await model.begin()?.value
                lab.server.stop()
                for (pad, pin) in [(model.old, Paired.pin), (model.new, "8315"), (model.again, "8315")] {
                    pad.type(pin)
                    await model.next()?.value
                }
                guard case .unanswered = model.shown.state else { throw LabFault("\(model.shown)") }
                model.left()
                let server = try await lab.server.again()
                defer { server.stop() }
                let app = app(on: lab.phone)
                try await eventually { app.home.shown.state?.checkedAt != nil && !app.home.shown.busy }
                #expect(app.home.shown.state?.settled.map(\.account.id) == [account.id])
                // It is said until the person comes back, however often the servers are asked meanwhile.
                await app.home.check()?.value
                #expect(app.home.shown.state?.settled.count == 1)
                app.home.begin()
                try await eventually { app.home.shown.state?.checkedAt != nil && !app.home.shown.busy }
                #expect(app.home.shown.state?.settled.isEmpty == true)
            }
        }

        @Test func aPushIsSaidByTheSystemUnlessTheListOnScreenLooksForItsRequest() async throws {
            try await withPaired { lab in
                let app = app(on: lab.phone)
                try await eventually { app.home.shown.state?.checkedAt != nil && !app.home.shown.busy }
                _ = try await lab.server.signIn(lab.account)
                #expect(app.pushArrived())
                // The list is on its way: whether it has this one, too, nobody knows.
                #expect(!app.pushArrived())
                try await eventually { app.home.shown.state?.waiting.count == 1 && !app.home.shown.busy }
                app.openSettings()
                #expect(!app.pushArrived())
                #expect(!app.home.shown.busy)
            }
        }

        @Test func onlyWhoeverComesBackFromElsewhereMakesTheAppLook() async throws {
            try await withPaired { lab in
                let app = app(on: lab.phone)
                try await eventually { app.home.shown.state?.checkedAt != nil && !app.home.shown.busy }
                app.shownAgain()
                #expect(!app.home.shown.busy)
                app.hidden()
                app.shownAgain()
                #expect(app.home.shown.busy)
                try await eventually { !app.home.shown.busy }
                app.shownAgain()
                #expect(!app.home.shown.busy)
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
