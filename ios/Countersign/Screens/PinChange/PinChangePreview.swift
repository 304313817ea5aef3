#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Present PIN") {
        Sample.screen { app in
            PinChangeScreen(app: app, model: Sample.pinChange(.enterPins(minDigits: 4)))
        }
    }

    #Preview("Wrong PIN") {
        Sample.screen { app in
            PinChangeScreen(app: app, model: Sample.pinChange(.wrongPin(left: 3, retryIn: 0)))
        }
    }

    #Preview("Pause") {
        Sample.screen { app in
            PinChangeScreen(app: app, model: Sample.pinChange(.wait(retryIn: 30)))
        }
    }

    #Preview("Answer lost") {
        Sample.screen { app in
            PinChangeScreen(app: app, model: Sample.pinChange(.unanswered(retryIn: 8)))
        }
    }

    #Preview("Changed") {
        Sample.screen { app in
            PinChangeScreen(app: app, model: Sample.pinChange(.changed))
        }
    }

    #Preview("Not changed") {
        Sample.screen { app in
            PinChangeScreen(app: app, model: Sample.pinChange(.notChanged))
        }
    }

    #Preview("New PIN") {
        Sample.screen { app in
            PinChangeScreen(app: app, model: Sample.pinChange(.enterPins(minDigits: 4), .new))
        }
    }

    #Preview("New PIN again") {
        Sample.screen { app in
            PinChangeScreen(app: app, model: Sample.pinChange(.enterPins(minDigits: 4), .again))
        }
    }
#endif
