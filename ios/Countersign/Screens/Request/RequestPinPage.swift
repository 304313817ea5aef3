import CountersignFFI
import CountersignKit
import SwiftUI

/// The PIN, or finger or face where the service takes it.
struct RequestPinPage: View {
    let app: AppModel
    let model: RequestModel
    @Environment(\.words) private var words
    @Environment(\.sensor) private var sensor

    var body: some View {
        Countdown(request.terms.left, since: model.readAt) { seconds in
            PinEntryPage(Bar(back: .step { model.back() }, seconds: seconds), ask, model.pad) {
                model.submit()
            } beside: {
                if request.terms.takesBiometrics { sensorButton }
            } foot: {
                ForgotPinButton(app: app, account: request.account)
            }
        }
    }

    private var sensorButton: some View {
        let own = words.of(sensor)
        return ActionButton(own.use, .text, icon: own.icon) {
            model.askBiometrics(title: prompt, usePin: words.biometric.usePin)
        }
        .disabled(model.shown.busy)
    }

    private var request: Request { model.request }

    private var ask: PinAsk {
        PinAsk(
            title: words.pin.title,
            purpose: purpose,
            strong: [request.client],
            hint: model.biometrics.flatMap { words.of(sensor).whyNot($0) },
            error: error,
            busy: model.shown.busy
        )
    }

    private var purpose: String {
        switch request.kind {
        case .login: words.pin.toApprove(service: request.client)
        case .sign: words.pin.toApproveRequest(service: request.client)
        }
    }

    private var prompt: String {
        switch request.kind {
        case .login: words.biometric.approveSignIn(service: request.client)
        case .sign: words.biometric.approveRequest(service: request.client)
        }
    }

    private var error: String? {
        if let problem = model.shown.problem {
            return words.sentence(of: problem, server: words.server(request.account))
        }
        if case .wrongPin(let left, _) = model.shown.state { return words.notRight(left) }
        return nil
    }
}
