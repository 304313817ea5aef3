import CountersignKit
import SwiftUI
import UIKit
import UserNotifications

/// The app. It holds nothing: what it shows is the delegate's, which lives as long as the process.
@main
struct CountersignApp: App {
    @UIApplicationDelegateAdaptor(AppDelegate.self) private var delegate

    var body: some Scene {
        WindowGroup {
            RootView(app: delegate.whole.app)
                .environment(\.version, Bundle.main.version)
                .environment(\.sensor, .ofThisPhone)
                .environment(\.viewfinder, viewfinder)
                .onOpenURL { take($0) }
                .modifier(Watching(whole: delegate.whole))
        }
    }

    private var viewfinder: ViewfinderPort {
        ViewfinderPort(
            ask: { await BackCamera.ask() },
            picture: { model, light in AnyView(Viewfinder(model: model, light: light)) }
        )
    }

    /// Universal links alone: what another app could send in another way is passed by, and the core is told that the
    /// system brought it, so that a code that must be scanned is refused (protocol 3.5).
    private func take(_ address: URL?) {
        if let text = UniversalLink.text(of: address) { delegate.whole.app.linkArrived(text) }
    }
}

/// What the app does when it comes to the front, and when the person is back at the accounts. It is active again after
/// each look for a face, too, and after each glance at the system's own panels: then it was never away.
private struct Watching: ViewModifier {
    let whole: Whole
    @Environment(\.scenePhase) private var phase
    @State private var wasAway = true

    func body(content: Content) -> some View {
        content
            .onChange(of: phase, initial: true) { look() }
            .onChange(of: whole.app.way.places.count) {
                if whole.app.way.here.isHome { whole.accountsShown() }
            }
    }

    private func look() {
        if phase == .background { wasAway = true }
        guard phase == .active, wasAway else { return }
        wasAway = false
        whole.cameToFront()
    }
}

/// What only a delegate is told: the token for pushes, and a push that comes while the app is open.
final class AppDelegate: NSObject, UIApplicationDelegate, UNUserNotificationCenterDelegate {
    let whole = Whole()

    func application(
        _ application: UIApplication,
        didFinishLaunchingWithOptions options: [UIApplication.LaunchOptionsKey: Any]? = nil
    ) -> Bool {
        UNUserNotificationCenter.current().delegate = self
        application.registerForRemoteNotifications()
        whole.app.start()
        return true
    }

    /// No third-party keyboard: what is typed here is nobody else's.
    func application(
        _ application: UIApplication,
        shouldAllowExtensionPointIdentifier point: UIApplication.ExtensionPointIdentifier
    ) -> Bool {
        point != .keyboard
    }

    func application(_ application: UIApplication, didRegisterForRemoteNotificationsWithDeviceToken token: Data) {
        whole.deviceArrived(token)
    }

    /// Whoever looks at the list of accounts sees the request itself: nothing is laid over it. Elsewhere in the app, and
    /// of what the person wanted to be told, the system says it.
    nonisolated func userNotificationCenter(
        _ center: UNUserNotificationCenter,
        willPresent notification: UNNotification
    ) async -> UNNotificationPresentationOptions {
        let isPush = notification.request.trigger is UNPushNotificationTrigger
        let isSeen = await MainActor.run { isPush && whole.app.pushArrived() }
        return isSeen ? [] : [.banner, .sound]
    }
}
