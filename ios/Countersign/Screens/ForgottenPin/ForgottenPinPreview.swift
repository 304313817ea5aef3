#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Forgotten PIN") {
        Sample.screen { app in
            ForgottenPinScreen(app: app, account: Sample.account)
        }
    }
#endif
