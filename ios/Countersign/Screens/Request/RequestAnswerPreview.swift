#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Wrong PIN") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request(.wrongPin(left: 3, retryIn: 0), pin: true))
        }
    }

    #Preview("Pause") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request(.wrongPin(left: 2, retryIn: 30), pin: true))
        }
    }

    #Preview("Locked for a while") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request(.wrongPin(left: 1, retryIn: 300), pin: true))
        }
    }

    #Preview("Wait, then again") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request(.wait(retryIn: 20, mayResend: true), pin: true))
        }
    }

    #Preview("Approved") {
        Sample.screen { app in
            RequestScreen(
                app: app,
                model: Sample.request(.approved(signInCode: "7K2M-Q4", at: 1_796_048_460, returnTo: nil))
            )
        }
    }

    #Preview("Approved on this phone") {
        Sample.screen { app in
            RequestScreen(
                app: app,
                model: Sample.request(
                    .approved(signInCode: "7K2M-Q4", at: 1_796_048_460, returnTo: "https://grants.example.eu/")
                )
            )
        }
    }

    #Preview("Cancelled here") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request(.denied(why: .cancel)))
        }
    }

    #Preview("It was not me") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request(.denied(why: .notMe)))
        }
    }

    #Preview("Another request now") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request(.changed))
        }
    }

    #Preview("Not sent") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request(.unanswered(retryIn: 8, sent: false)))
        }
    }

    #Preview("No answer") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request(.unanswered(retryIn: 8, sent: true)))
        }
    }

    #Preview("Failed") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request(.failed))
        }
    }

    #Preview("Run out") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request(.expired))
        }
    }

    #Preview("Cancelled there") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request(.cancelled))
        }
    }

    #Preview("Answered already") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request(.alreadyDecided(state: .approved)))
        }
    }

    #Preview("Not known") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request(.unknown))
        }
    }

    #Preview("Reported") {
        Sample.screen { app in
            ReportedPage(app: app, address: "https://id.example.eu")
        }
    }

    #Preview("Wait, then type again") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request(.wait(retryIn: 20, mayResend: false), pin: true))
        }
    }

    #Preview("An answer that is not understood") {
        Sample.screen { app in
            let problem = Problem.MessageRefused(defect: .badSignature)
            RequestScreen(app: app, model: Sample.failed(Sample.request(), problem))
        }
    }
#endif
