#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Remove a phone") {
        Sample.screen { app in
            RemovePhoneScreen(app: app, model: Sample.removal())
        }
    }

    #Preview("Remove a phone: PIN") {
        Sample.screen { app in
            RemovePhoneScreen(app: app, model: Sample.removal(), asksPin: true)
        }
    }

    #Preview("Remove a phone: wrong PIN") {
        Sample.screen { app in
            let model = Sample.at(Sample.removal(), .wrongPin(left: 3, retryIn: 0))
            RemovePhoneScreen(app: app, model: model, asksPin: true)
        }
    }

    #Preview("Remove a phone: pause") {
        Sample.screen { app in
            let model = Sample.at(Sample.removal(), .wait(retryIn: 30))
            RemovePhoneScreen(app: app, model: model, asksPin: true)
        }
    }

    #Preview("Remove a phone: done") {
        Sample.screen { app in
            RemovePhoneScreen(app: app, model: Sample.at(Sample.removal(), .done))
        }
    }

    #Preview("Unlink the only phone") {
        Sample.screen { app in
            UnlinkScreen(app: app, model: Sample.unlink())
        }
    }

    #Preview("Unlink: not reached") {
        Sample.screen { app in
            UnlinkScreen(app: app, model: Sample.failed(Sample.unlink(), .Unreachable(sent: false)))
        }
    }

    #Preview("Unlink: lost answer") {
        Sample.screen { app in
            UnlinkScreen(app: app, model: Sample.failed(Sample.unlink(), .Unreachable(sent: true)))
        }
    }

    #Preview("Unlinked") {
        Sample.screen { app in
            UnlinkScreen(app: app, model: Sample.at(Sample.unlink(), .everywhere))
        }
    }

    #Preview("Unlinked only here") {
        Sample.screen { app in
            UnlinkScreen(app: app, model: Sample.at(Sample.unlink(), .onlyHere))
        }
    }
#endif
