import CountersignKit
import CountersignWords
import SwiftUI

/// What an iPhone looks at or feels: most have a face, some a finger.
enum Sensor: CaseIterable {
    case face
    case finger
}

private struct SensorKey: EnvironmentKey {
    static let defaultValue = Sensor.face
}

extension EnvironmentValues {
    /// What this phone has.
    var sensor: Sensor {
        get { self[SensorKey.self] }
        set { self[SensorKey.self] = newValue }
    }
}

/// What is said of face or finger.
struct SensorWords {
    private let words: any Words
    private let face: Bool

    fileprivate init(_ words: any Words, _ sensor: Sensor) {
        self.words = words
        face = sensor == .face
    }

    var icon: Icon { face ? .face : .fingerprint }
    var name: String { face ? words.account.faceId : words.account.fingerprint }
    var welcome: String { face ? words.welcome.textFaceId : words.welcome.text }
    var offer: String { face ? words.pairedDone.faceId : words.pairedDone.fingerprint }
    var use: String { face ? words.pin.useFaceId : words.pin.useFingerprint }
    var bar: String { face ? words.fingerprint.faceIdBar : words.fingerprint.bar }
    var title: String { face ? words.fingerprint.faceIdTitle : words.fingerprint.title }
    var switchTitle: String { face ? words.fingerprint.faceIdUse : words.fingerprint.use }
    var whenChanged: String { face ? words.fingerprint.faceIdChange : words.fingerprint.addFinger }
    var none: String { face ? words.fingerprint.faceIdNone : words.fingerprint.none }
    var turnOnStep: String { face ? words.next.turnOnFaceId : words.next.turnOnFingerprint }
    var hasChanged: String { face ? words.problem.faceIdChanged : words.problem.fingerprintsChanged }

    func pinToTurnOn(_ server: String) -> String {
        face ? words.pin.toTurnOnFaceId(server: server) : words.pin.toTurnOnFingerprint(server: server)
    }

    func turnOn(_ server: String) -> String {
        face ? words.biometric.faceIdTurnOn(server: server) : words.biometric.turnOn(server: server)
    }

    func isOn(_ server: String) -> String {
        face ? words.biometricsState.onFaceId(server: server) : words.biometricsState.on(server: server)
    }

    func isNotOn(_ server: String) -> String {
        face ? words.biometricsState.notOnFaceId(server: server) : words.biometricsState.notOn(server: server)
    }

    /// Why nothing was approved.
    func whyNot(_ answer: PromptAnswer) -> String? {
        switch answer {
        case .signed: nil
        case .cancelled: face ? words.biometric.faceIdCancelled : words.biometric.cancelled
        case .lockedOut: face ? words.biometric.faceIdLockedOut : words.biometric.lockedOut
        case .invalidated: face ? words.biometric.faceIdChanged : words.biometric.changed
        case .unavailable: face ? words.biometric.faceIdUnavailable : words.biometric.unavailable
        }
    }

    /// Why it was not turned on: the person, the sensor, or the server.
    func whyNotOn(_ answer: PromptAnswer?, _ server: String) -> String {
        switch answer {
        case nil, .signed: isNotOn(server)
        case .cancelled: words.biometricsState.stopped
        case .lockedOut: words.biometricsState.tooMany
        case .invalidated: hasChanged
        case .unavailable: words.biometricsState.unavailable
        }
    }
}

extension Words {
    /// What is said of this phone's sensor.
    func of(_ sensor: Sensor) -> SensorWords { SensorWords(self, sensor) }
}
