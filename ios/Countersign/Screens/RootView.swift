import CountersignKit
import CountersignWords
import SwiftUI

/// The whole app: words and appearance as chosen, the first place, and what lies upon it.
struct RootView: View {
    let app: AppModel
    @Environment(\.scenePhase) private var phase

    var body: some View {
        NavigationStack(path: path) {
            PlaceScreen(app: app, place: app.way.places.first ?? app.way.here)
                .navigationDestination(for: Place.self) { PlaceScreen(app: app, place: $0) }
        }
        .environment(\.words, words)
        .environment(\.locale, Locale(identifier: words.tag))
        .environment(\.clock, app.around.clock)
        .environment(\.remind, { await app.around.device.remind(at: $0) })
        .tint(Color.cs.primary)
        .preferredColorScheme(scheme)
        .coveredWhenAway()
        .onChange(of: phase) { _, now in
            switch now {
            case .active: app.shownAgain()
            case .background: app.hidden()
            default: break
            }
        }
    }

    /// The system's own way back sets it.
    private var path: Binding<[Place]> {
        Binding(get: { @MainActor in app.way.path }, set: { @MainActor in app.walkedBack(to: $0) })
    }

    private var words: any Words {
        Languages.words(of: app.choices.language ?? Locale.preferredLanguages.first ?? "")
    }

    private var scheme: ColorScheme? {
        switch app.choices.appearance {
        case .asThePhone: nil
        case .light: .light
        case .dark: .dark
        }
    }
}

/// The screen of a place; it begins anew with each place.
struct PlaceScreen: View {
    let app: AppModel
    let place: Place

    var body: some View {
        screen.id(place)
    }

    @ViewBuilder
    private var screen: some View {
        switch place {
        case .home(let model): HomeScreen(app: app, model: model)
        case .scan(let model, let moving): ScanScreen(app: app, model: model, moving: moving)
        case .typed(let model): TypedScreen(app: app, model: model)
        case .pairing(let model): PairingScreen(app: app, model: model)
        case .claim(let model): ClaimScreen(app: app, model: model)
        case .request(let model): RequestScreen(app: app, model: model)
        case .offline(let model): OfflineScreen(app: app, model: model)
        case .accountPage(let model): AccountScreen(app: app, model: model)
        case .removePhone(let model): RemovePhoneScreen(app: app, model: model)
        case .unlink(let model): UnlinkScreen(app: app, model: model)
        case .pinChange(let model): PinChangeScreen(app: app, model: model)
        case .biometrics(let model): BiometricsScreen(app: app, model: model)
        case .forgottenPin(let account): ForgottenPinScreen(app: app, account: account)
        case .move(let model): MoveScreen(app: app, model: model)
        case .history(let model): HistoryScreen(app: app, model: model)
        case .decidedPage(let model): DecidedScreen(app: app, model: model)
        case .report(let model): ReportScreen(app: app, model: model)
        case .selfTest(let model): SelfTestScreen(app: app, model: model)
        case .notifications: NotificationsScreen(app: app)
        case .settings: SettingsScreen(app: app)
        case .trouble(let problem): ProblemPage(app, problem)
        }
    }
}
