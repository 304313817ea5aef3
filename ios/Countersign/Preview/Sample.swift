#if DEBUG
    import CountersignFFI
    import CountersignWords
    @testable import CountersignKit
    import SwiftUI

    /// What previews show.
    @MainActor
    enum Sample {
        static let account = account("Example ID", "a.keller@example.eu")
        static let other = account("Ministry of Education", "anna.keller@ministry.example")
        static let now = Date(timeIntervalSince1970: 1_796_048_460)

        static func account(_ server: String, _ name: String, _ state: AccountState = .active) -> Account {
            let iss = "https://\(server.lowercased().replacingOccurrences(of: " ", with: "-")).example"
            let label = CountersignFFI.Label(
                iss: iss,
                server: server,
                account: name,
                level: .secureEnclave,
                biometrics: true
            )
            return Account(id: UInt64(name.utf8.count), label: label, state: state)
        }

        static func request(_ kind: RequestKind = .login, _ arrival: Arrival = .push, number: Bool = true) -> Request {
            Request(
                place: 0,
                tid: "tid",
                account: account,
                kind: kind,
                arrival: arrival,
                client: "Grants Portal",
                origin: "https://grants.example.eu",
                browser: Browser(
                    ip: "192.0.2.7",
                    place: "Brussels, BE",
                    agent: "Firefox on Windows",
                    at: 1_796_048_400
                ),
                rows: kind == .sign
                    ? [Row(label: "Payee", text: "Muster GmbH"), Row(label: "Amount", text: "€ 250.00")] : [],
                terms: Terms(needsNumber: number, takesBiometrics: true, left: 161)
            )
        }

        nonisolated static let phones = [
            Phone(
                reference: "1",
                name: "iPhone 17",
                os: "iOS 26",
                level: .secureEnclave,
                locked: false,
                created: "2026-11-03T09:00:00Z",
                lastUsed: "2026-11-30T13:21:00Z",
                this: true
            ),
            Phone(
                reference: "2",
                name: "Fairphone 5",
                os: "Android 15",
                level: .tee,
                locked: true,
                created: "2026-10-03T09:00:00Z",
                lastUsed: nil,
                this: false
            ),
        ]

        static let decided = [
            decided("Grants Portal", .approved, .confirmed, 1_796_048_000),
            decided("Payroll", .offlineCode, .none, 1_796_040_000),
            decided("Grants Portal", .reported, .confirmed, 1_795_900_000),
            decided("Library", .cancelled, .unknown, 1_795_800_000),
        ]

        static func decided(_ client: String, _ deed: Deed, _ outcome: Outcome, _ at: UInt64) -> Decided {
            let tid = "\(client)-\(at)"
            return Decided(
                account: account.id,
                tid: tid,
                signInCode: "7K2M-Q4",
                client: client,
                deed: deed,
                outcome: outcome,
                at: at
            )
        }

        static let findings = [
            Finding(subject: .keyStore, account: nil, verdict: .good),
            Finding(subject: .notifications, account: nil, verdict: .allow),
            Finding(subject: .camera, account: nil, verdict: .allow),
            Finding(subject: .server, account: account, verdict: .good),
            Finding(subject: .clock, account: account, verdict: .setClock(offBy: 240)),
            Finding(subject: .registration, account: other, verdict: .see(problem: .Revoked(notice: nil))),
        ]

        static func around(onCall: Bool = false) -> Surroundings {
            Surroundings(device: SampleDevice(isOnCall: onCall), prompt: SamplePrompt(), clock: SampleClock())
        }

        static func app(_ core: SampleCore = SampleCore()) -> AppModel {
            AppModel(core: core, around: around(), choiceStore: SampleChoices())
        }

        /// A screen as it stands in the app.
        static func screen<Screen: View>(@ViewBuilder _ screen: (AppModel) -> Screen) -> some View {
            NavigationStack(path: Binding<[Int]>(get: { [] }, set: { _ in })) { screen(app()) }
                .environment(\.clock, SampleClock())
                .tint(Color.cs.primary)
        }

        /// What stands in a sheet.
        static func sheet<Content: View>(@ViewBuilder _ content: @escaping (AppModel) -> Content) -> some View {
            let app = app()
            return SheetPage { content(app) }
                .environment(\.clock, SampleClock())
                .tint(Color.cs.primary)
        }

        /// A model that has come to this state.
        static func at<State, Model: FlowModel<State>>(_ model: Model, _ state: State) -> Model {
            model.step { state }
            return model
        }

        /// A model whose call is under way, for as long as somebody looks.
        static func busy<State, Model: FlowModel<State>>(_ model: Model) -> Model {
            model.steps {
                try await Task.sleep(for: .seconds(3600))
                return nil
            }
            return model
        }

        /// A model whose call did not go on.
        static func failed<State, Model: FlowModel<State>>(_ model: Model, _ problem: Problem) -> Model {
            model.step { throw problem }
            return model
        }
    }
#endif
