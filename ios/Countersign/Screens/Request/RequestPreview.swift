#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Sign-in") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request())
        }
    }

    #Preview("Scanned") {
        Sample.screen { app in
            let request = Sample.request(.login, .scan, number: false)
            RequestScreen(app: app, model: Sample.request(nil, request))
        }
    }

    #Preview("On this phone") {
        Sample.screen { app in
            let request = Sample.request(.login, .link, number: false)
            RequestScreen(app: app, model: Sample.request(nil, request))
        }
    }

    #Preview("Payment") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request(nil, Sample.request(.sign)))
        }
    }

    #Preview("Largest type") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request()).environment(\.dynamicTypeSize, .accessibility5)
        }
    }

    #Preview("On the telephone") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request(onCall: true))
        }
    }

    #Preview("Wrong number") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request(.wrongNumber(left: 2)))
        }
    }

    #Preview("PIN") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request(pin: true))
        }
    }

    #Preview("Did you start this?") {
        Sample.sheet { _ in
            DenySheet(model: Sample.request()) {}
        }
    }

    #Preview("Did you start this payment?") {
        Sample.sheet { _ in
            DenySheet(model: Sample.request(nil, Sample.request(.sign))) {}
        }
    }

    #Preview("PIN, recorded") {
        Sample.screen { app in
            RequestScreen(app: app, model: Sample.request(pin: true)).environment(\.isSceneCaptured, true)
        }
    }
#endif
