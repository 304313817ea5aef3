import AVFoundation
import CountersignFFI
import CountersignKit
import LocalAuthentication
import UIKit

/// What an iPhone knows and does outside of its screens.
@MainActor
final class PhoneDevice: Device {
    private let notices: Notices
    private let calls: any CallWatch

    init(notices: Notices, calls: any CallWatch) {
        self.notices = notices
        self.calls = calls
    }

    /// Without an entitlement of Apple's this is "iPhone"; servers show the model beside it.
    var name: String { UIDevice.current.name }

    /// A notification is shown whether the app may work in the background or not: nothing to be said of that.
    func permissions() -> Permissions {
        Permissions(notifications: notices.areAllowed, camera: camera, background: nil)
    }

    func onCall() -> Bool { calls.onCall }

    func hasScreenLock() -> Bool { LAContext().canEvaluatePolicy(.deviceOwnerAuthentication, error: nil) }

    /// Of the system's pages an app may open its own alone: the others are found from there.
    func open(_ page: SystemPage) {
        switch page {
        case .notifications: openNotifications()
        case .store: go(Bundle.main.storePage ?? UIApplication.openSettingsURLString)
        case .camera, .battery, .dateAndTime, .screenLock: go(UIApplication.openSettingsURLString)
        }
    }

    func browse(_ address: String) -> Bool {
        guard let url = URL(string: address), url.scheme == "https" || url.scheme == "http" else { return false }
        UIApplication.shared.open(url)
        return true
    }

    func clipboard() -> String? { UIPasteboard.general.string }

    func remind(at moment: Date) async -> Bool {
        let wasAsked = await notices.ask()
        await notices.look()
        if notices.areAllowed == true {
            notices.remind(at: moment)
            return true
        }
        if !wasAsked { go(UIApplication.openNotificationSettingsURLString) }
        return false
    }

    /// The system's own question first, where it still may be asked.
    private func openNotifications() {
        Task {
            if await !notices.ask() { go(UIApplication.openNotificationSettingsURLString) }
        }
    }

    private func go(_ address: String) {
        if let url = URL(string: address) { UIApplication.shared.open(url) }
    }

    /// Before the first question nothing is refused yet.
    private var camera: Bool? {
        switch AVCaptureDevice.authorizationStatus(for: .video) {
        case .authorized: true
        case .denied, .restricted: false
        case .notDetermined: nil
        @unknown default: nil
        }
    }
}

extension Bundle {
    /// The app's page in the store, where the build has one.
    fileprivate var storePage: String? { text("CountersignStorePage") }

    /// Its version, as servers and the person are told.
    var version: String? { text("CFBundleShortVersionString") }

    /// Where this app's pushes are registered, where the build has a gateway.
    var pushGateway: URL? { text("CountersignPushGateway").flatMap { URL(string: $0) } }

    private func text(_ key: String) -> String? {
        (object(forInfoDictionaryKey: key) as? String).flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension Sensor {
    /// What this phone has.
    static var ofThisPhone: Sensor {
        let context = LAContext()
        _ = context.canEvaluatePolicy(.deviceOwnerAuthenticationWithBiometrics, error: nil)
        return context.biometryType == .touchID ? .finger : .face
    }
}
