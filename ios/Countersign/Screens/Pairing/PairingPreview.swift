#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Once more") {
        Sample.screen { app in
            PairingScreen(app: app, model: Sample.pairing(.addAgain(existing: ["a.keller@example.eu"])))
        }
    }

    #Preview("Confirm") {
        Sample.screen { app in
            let iss = "https://id.example.eu"
            let state = PairingState.confirm(server: "Example ID", iss: iss, account: "a.keller@example.eu", left: 240)
            PairingScreen(app: app, model: Sample.pairing(state))
        }
    }

    #Preview("Choose a PIN") {
        Sample.screen { app in
            PairingScreen(app: app, model: Sample.pairing(.choosePin(minDigits: 4)))
        }
    }

    #Preview("No answer") {
        Sample.screen { app in
            PairingScreen(app: app, model: Sample.pairing(.unanswered(retryIn: 8)))
        }
    }

    #Preview("Type the code") {
        Sample.screen { app in
            PairingScreen(app: app, model: Sample.pairing(.typeCode(code: "483920", left: 238, returnTo: nil)))
        }
    }

    #Preview("Back to the browser") {
        Sample.screen { app in
            PairingScreen(
                app: app,
                model: Sample.pairing(.typeCode(code: "483920", left: 238, returnTo: "https://id.example.eu/back"))
            )
        }
    }

    #Preview("Paired") {
        Sample.screen { app in
            PairingScreen(app: app, model: Sample.pairing(.active(account: Sample.account.id)))
        }
    }

    #Preview("Run out") {
        Sample.screen { app in
            PairingScreen(app: app, model: Sample.pairing(.gone))
        }
    }

    #Preview("Taken by another phone") {
        Sample.screen { app in
            PairingScreen(app: app, model: Sample.pairing(.claimedByAnother))
        }
    }

    #Preview("No screen lock") {
        Sample.screen { app in
            ScreenLockPage(app: app) {}
        }
    }

    #Preview("The PIN again") {
        Sample.screen { app in
            PairingScreen(app: app, model: Sample.pairing(.choosePin(minDigits: 4), repeats: true))
        }
    }
#endif
