#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Which account?") {
        Sample.screen { app in
            let accounts = [Sample.account, Sample.other]
            ClaimScreen(app: app, model: Sample.claim { .chooseAccount(accounts: accounts) })
        }
    }

    #Preview("Another account") {
        Sample.screen { app in
            let accounts = [Sample.other]
            ClaimScreen(app: app, model: Sample.claim { .otherAccount(accounts: accounts) })
        }
    }

    #Preview("One of two others") {
        Sample.screen { app in
            let accounts = [Sample.account, Sample.other]
            ClaimScreen(app: app, model: Sample.claim { .otherAccount(accounts: accounts) })
        }
    }

    #Preview("No answer") {
        Sample.screen { app in
            let id = Sample.account.id
            ClaimScreen(app: app, model: Sample.claim { .unanswered(account: id) })
        }
    }

    #Preview("On its way") {
        Sample.screen { app in
            ClaimScreen(app: app, model: Sample.busy(Sample.claim()))
        }
    }

    #Preview("Did not open") {
        Sample.screen { app in
            ClaimScreen(app: app, model: Sample.failed(Sample.claim(), .Unreachable(sent: false)))
        }
    }
#endif
