#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("PIN") {
        Sample.screen { app in
            MoveScreen(app: app, model: Sample.move(.enterPin(accounts: [Sample.account, Sample.other], wrong: nil)))
        }
    }

    #Preview("Wrong PIN") {
        Sample.screen { app in
            MoveScreen(app: app, model: Sample.move(.enterPin(accounts: [Sample.account], wrong: WrongPin(left: 2))))
        }
    }

    #Preview("Pause") {
        Sample.screen { app in
            MoveScreen(app: app, model: Sample.move(.wait(retryIn: 30)))
        }
    }

    #Preview("Code") {
        Sample.screen { app in
            let text = "https://id.example.eu/a/e#AbCdEfGhIjKlMnOpQrStUvWxYz0123456789"
            let state = MoveState.showCode(account: Sample.account, text: text, left: 238, behind: 1)
            MoveScreen(app: app, model: Sample.move(state))
        }
    }

    #Preview("Run out") {
        Sample.screen { app in
            let state = MoveState.showCode(account: Sample.account, text: "x", left: 0, behind: 0)
            MoveScreen(app: app, model: Sample.move(state))
        }
    }

    #Preview("Done") {
        Sample.screen { app in
            MoveScreen(app: app, model: Sample.move(.done))
        }
    }

    #Preview("Six digits") {
        Sample.screen { _ in
            let code = MoveCode(account: Sample.account, text: "x", left: 238, behind: 0)
            MoveTypePage(model: Sample.move(.done), code: code, seconds: 200) {}
        }
    }

    #Preview("PIN for the new phone") {
        Sample.screen { app in
            MoveConfirmPage(app: app, model: Sample.move(.done), account: Sample.account)
        }
    }
#endif
