#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Off") {
        Sample.screen { app in
            BiometricsScreen(app: app, model: Sample.biometrics(.off(on: false)))
        }
    }

    #Preview("On") {
        Sample.screen { app in
            BiometricsScreen(app: app, model: Sample.biometrics(.off(on: true)))
        }
    }

    #Preview("PIN") {
        Sample.screen { app in
            BiometricsScreen(app: app, model: Sample.biometrics(.turningOn(.enterPin)))
        }
    }

    #Preview("Wrong PIN") {
        Sample.screen { app in
            BiometricsScreen(app: app, model: Sample.biometrics(.turningOn(.wrongPin(left: 3, retryIn: 0))))
        }
    }

    #Preview("Pause") {
        Sample.screen { app in
            BiometricsScreen(app: app, model: Sample.biometrics(.turningOn(.wait(retryIn: 30))))
        }
    }

    #Preview("Finger or face") {
        Sample.screen { app in
            let request = SignatureRequest(key: "map.1", payload: Data(), reason: .turnOn)
            BiometricsScreen(app: app, model: Sample.biometrics(.turningOn(.needsSignature(request: request))))
        }
    }

    #Preview("Is on now") {
        Sample.screen { app in
            BiometricsScreen(app: app, model: Sample.biometrics(.turningOn(.on)))
        }
    }

    #Preview("Is not on") {
        Sample.screen { app in
            BiometricsScreen(app: app, model: Sample.biometrics(.turningOn(.notOn)))
        }
    }

    #Preview("Nothing enrolled") {
        Sample.screen { app in
            let model = BiometricsModel(core: SampleCore(), account: Sample.account, around: Sample.around())
            BiometricsSwitchPage(model: Sample.failed(model, .NoBiometrics), isOn: false)
        }
    }
#endif
