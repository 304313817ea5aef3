#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Read") {
        Sample.screen { app in
            OfflineScreen(app: app, model: Sample.offline(.read(.ready)))
        }
    }

    #Preview("There is a network") {
        Sample.screen { app in
            OfflineScreen(app: app, model: Sample.offline(.read(.connected)))
        }
    }

    #Preview("Over") {
        Sample.screen { app in
            OfflineScreen(app: app, model: Sample.offline(.read(.over(state: nil))))
        }
    }

    #Preview("PIN") {
        Sample.screen { app in
            OfflineScreen(app: app, model: Sample.offline(.pin))
        }
    }

    #Preview("Code") {
        Sample.screen { app in
            OfflineScreen(app: app, model: Sample.offline(.code(digits: "89850940", left: 43)))
        }
    }

    #Preview("Code, in the largest type") {
        Sample.screen { app in
            OfflineScreen(app: app, model: Sample.offline(.code(digits: "89850940", left: 43)))
                .environment(\.dynamicTypeSize, .accessibility5)
        }
    }

    #Preview("Code, recorded") {
        Sample.screen { app in
            OfflineScreen(app: app, model: Sample.offline(.code(digits: "89850940", left: 43)))
                .environment(\.isSceneCaptured, true)
        }
    }

    #Preview("Gone") {
        Sample.screen { app in
            OfflineScreen(app: app, model: Sample.offline(.hidden))
        }
    }

    #Preview("Reported") {
        Sample.screen { app in
            OfflineScreen(app: app, model: Sample.offline(.reported))
        }
    }
#endif
