#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Account") {
        Sample.screen { app in
            AccountScreen(app: app, model: Sample.accountModel(Sample.account))
        }
    }

    #Preview("Locked") {
        Sample.screen { app in
            AccountScreen(app: app, model: Sample.accountModel(Sample.account, .locked))
        }
    }

    #Preview("Removed, without a signature") {
        Sample.screen { app in
            AccountScreen(app: app, model: Sample.accountModel(Sample.account, .forgotten))
        }
    }

    #Preview("Not confirmed yet") {
        Sample.screen { app in
            AccountScreen(app: app, model: Sample.accountModel(Sample.account, .enrolling))
        }
    }

    #Preview("Pairing waits") {
        Sample.screen { app in
            let account = Sample.account("Example ID", "ak", .pairing(code: "483920"))
            AccountScreen(app: app, model: Sample.accountModel(account))
        }
    }

    #Preview("Removed") {
        Sample.screen { app in
            let account = Sample.account("Example ID", "ak", .removed(why: .web, at: 1_796_048_000))
            AccountScreen(app: app, model: Sample.accountModel(account))
        }
    }

    #Preview("Damaged") {
        Sample.screen { app in
            AccountScreen(app: app, model: Sample.accountModel(Sample.account("Example ID", "ak", .damaged)))
        }
    }

    #Preview("Without its list of phones") {
        Sample.screen { app in
            AccountScreen(app: app, model: Sample.accountModel(Sample.account, phones: nil))
        }
    }
#endif
