import CountersignFFI
import Testing

@testable import CountersignKit

extension Flows {
    @MainActor @Suite struct OfflineTests {
        @Test func eightDigitsSignInOnAPhoneWithoutNetwork() async throws {
            try await withPaired { lab in
                let (tid, text) = try await lab.server.offlineSignIn(lab.account)
                let model = try await opened(lab, text)
                #expect(model.request.client == LabServer.service)
                lab.server.stop()
                await model.begin()?.value
                #expect(model.shown.state == .read(.ready))
                await model.askPin()?.value
                model.pad.type(Paired.pin)
                await model.submit()?.value
                guard case .code(let digits, let left) = model.shown.state else { throw LabFault("\(model.shown)") }
                #expect(digits.filter(\.isNumber).count == 8)
                #expect(left > 0)
                let server = try await lab.server.again()
                defer { server.stop() }
                let told = try await server.typeCode(tid, digits.filter(\.isNumber))
                #expect(told == "approved")
            }
        }

        @Test func whenAnotherAppIsInFrontTheDigitsAreGone() async throws {
            try await withPaired { lab in
                let model = try await opened(lab, try await lab.server.offlineSignIn(lab.account).text)
                model.pad.type(Paired.pin)
                await model.submit()?.value
                guard case .code = model.shown.state else { throw LabFault("\(model.shown)") }
                model.hidden()
                try await eventually { model.shown.state == .hidden }
            }
        }

        @Test func aCodeThatComesWhenNobodyLooksIsNotShown() async throws {
            try await withPaired { lab in
                let model = try await opened(lab, try await lab.server.offlineSignIn(lab.account).text)
                model.pad.type(Paired.pin)
                let made = model.submit()
                try await Task.sleep(for: .milliseconds(30))
                model.hidden()
                await made?.value
                #expect(model.shown.state == .hidden)
            }
        }

        @Test func aSignInThatIsNotMineIsReportedWhereThereIsANetwork() async throws {
            try await withPaired { lab in
                let (tid, text) = try await lab.server.offlineSignIn(lab.account)
                let model = try await opened(lab, text)
                await model.begin()?.value
                #expect(model.shown.state == .read(.connected))
                await model.report()?.value
                #expect(model.shown.state == .reported)
                let told = try await lab.server.state(of: tid)
                #expect(told == "reported")
            }
        }

        private func opened(_ lab: Paired, _ text: String) async throws -> OfflineModel {
            let scanned = try await OffMain()() { try lab.phone.core.openCode(text: text, entry: .scanner) }
            guard case .offline(let flow) = scanned else { throw LabFault("not offline") }
            return OfflineModel(flow: flow, request: try flow.request(), around: around())
        }
    }
}
