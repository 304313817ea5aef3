#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Read") {
        Sample.screen { app in
            OfflineScreen(app: app, model: Sample.offline(.ready))
        }
    }

    #Preview("There is a network") {
        Sample.screen { app in
            OfflineScreen(app: app, model: Sample.offline(.connected))
        }
    }

    #Preview("Over") {
        Sample.screen { app in
            OfflineScreen(app: app, model: Sample.offline(.over(state: nil)))
        }
    }

    #Preview("PIN") {
        Sample.screen { app in
            OfflineScreen(app: app, model: Sample.offline(.ready, pin: true))
        }
    }

    #Preview("Code") {
        Sample.screen { app in
            OfflineCodePage(model: Sample.offline(.ready), digits: "89850940", left: 43)
        }
    }

    #Preview("Gone") {
        Sample.screen { app in
            OfflineGonePage(app: app)
        }
    }
#endif
