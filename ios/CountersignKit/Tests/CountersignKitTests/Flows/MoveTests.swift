import CountersignFFI
import Testing

@testable import CountersignKit

extension Flows {
    @MainActor @Suite struct MoveTests {
        @Test func anAccountMovesToANewPhoneWhichThenApproves() async throws {
            try await withPaired { lab in
                let app = app(on: lab.phone)
                app.openMove([try lab.here()])
                try await eventually { if case .move = app.way.here { true } else { false } }
                guard case .move(let old) = app.way.here else { throw LabFault("no move") }
                try await eventually { if case .enterPin = old.shown.state { true } else { false } }
                old.pad.type(Paired.pin)
                await old.submit()?.value
                guard case .showCode(_, let text, _, behind: 0) = old.shown.state else {
                    throw LabFault("\(old.shown)")
                }

                let new = try LabPhone(name: "iPhone 18")
                let pairing = try await scanned(text, new)
                await pairing.accept()?.value
                pairing.first.type("8315")
                pairing.again.type("8315")
                await pairing.choosePin()?.value
                guard case .typeCode(let code, _, _) = pairing.shown.state else { throw LabFault("\(pairing.shown)") }

                await confirm(old, code, "4928")
                guard case .wrongPin(left: 4, _) = old.refused else { throw LabFault("\(old.shown)") }
                await confirm(old, code, Paired.pin)
                #expect(old.shown.state == .done)
                #expect(old.refused == nil)
                try await eventually { if case .active = pairing.shown.state { true } else { false } }
                let moved = Paired(server: lab.server, phone: new, account: lab.account)
                let approved = try await approves(moved, pin: "8315")
                #expect(approved)
            }
        }

        private func confirm(_ model: MoveModel, _ code: String, _ pin: String) async {
            model.number.clear()
            model.number.type(code)
            model.askPin()
            #expect(model.asksPin)
            model.pad.type(pin)
            await model.confirm()?.value
        }

        private func scanned(_ text: String, _ phone: LabPhone) async throws -> PairingModel {
            let scanned = try await OffMain()() { try phone.core.openCode(text: text, entry: .scanner) }
            guard case .pairing(let flow) = scanned else { throw LabFault("not a pairing") }
            return PairingModel(flow: flow, around: around())
        }
    }
}
