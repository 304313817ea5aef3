import CountersignFFI
import CountersignKit
import SwiftUI

/// Finger or face beside the PIN: the switch, and the way to "on" (A2).
struct BiometricsScreen: View {
    let app: AppModel
    let model: BiometricsModel
    @Environment(\.words) private var words
    @Environment(\.sensor) private var sensor

    var body: some View {
        if let problem = model.shown.problem, problem != .NoBiometrics, !problem.concernsPin {
            ProblemPage(app, problem, of: model.account) { again() }
        } else {
            known
        }
    }

    @ViewBuilder
    private var known: some View {
        switch model.shown.state {
        case nil: WorkingPage(Bar(words.of(sensor).bar))
        case .off(let on): BiometricsSwitchPage(model: model, isOn: on)
        case .turningOn(let state): turningOn(state)
        }
    }

    @ViewBuilder
    private func turningOn(_ state: BiometricsState) -> some View {
        let since = model.shown.since
        switch state {
        case .enterPin, .needsSignature: pin(nil)
        case .wrongPin(let left, let retryIn): pin(.wrong(left, retryIn, since))
        case .wait(let retryIn): pin(.wait(retryIn, since))
        case .on: BiometricsSwitchPage(model: model, isOn: true, remark: (.success, words.of(sensor).isOn(server)))
        case .notOn:
            let why = words.of(sensor).whyNotOn(model.answer, server)
            BiometricsSwitchPage(model: model, isOn: false, remark: (.warning, why))
        }
    }

    private func pin(_ answer: PinAnswer?) -> some View {
        let own = words.of(sensor)
        let ask = PinAsk(
            title: words.pin.title,
            purpose: own.pinToTurnOn(server),
            strong: [server],
            error: words.pinError(model.shown.problem, answer, server),
            busy: model.shown.busy
        )
        return PinTurn(Bar(own.bar, back: .step { leavePin() }), ask, model.pad, after: answer, server: server) {
            model.submit(title: own.turnOn(server), usePin: "")
        } foot: {
            ForgotPinButton(app: app, account: model.account)
        }
    }

    private func leavePin() {
        model.pad.clear()
        model.begin()
    }

    private func again() {
        if model.shown.state == nil { model.begin() } else { model.understood() }
    }

    private var server: String { words.server(model.account) }
}

/// The switch, and what it means.
struct BiometricsSwitchPage: View {
    let model: BiometricsModel
    let isOn: Bool
    var remark: (Mood, String)?
    @Environment(\.words) private var words
    @Environment(\.sensor) private var sensor

    var body: some View {
        let own = words.of(sensor)
        Page(Bar(own.bar)) {
            Title(own.title)
            Card {
                SwitchRow(
                    title: own.switchTitle,
                    icon: own.icon,
                    isOn: isOn,
                    hint: words.fingerprint.useHint(server: words.server(model.account))
                ) { wanted in
                    if wanted { model.turnOn() } else { model.turnOff() }
                }
            }
            .disabled(model.shown.busy)
            if model.shown.problem == .NoBiometrics { ErrorLine(own.none) }
            if let (mood, text) = remark { Banner(mood, text).said(text, .politely) }
            VStack(spacing: 14) {
                Point(.check, words.fingerprint.approves)
                Point(.pin, words.fingerprint.pinAgain)
                Point(.info, own.whenChanged)
            }
            .padding(.horizontal, 16)
        }
    }
}
