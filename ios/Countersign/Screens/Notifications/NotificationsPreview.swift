#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Notifications") {
        Sample.screen { app in
            NotificationsScreen(app: app)
        }
    }
#endif
