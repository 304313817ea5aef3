#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Not our code") {
        Sample.screen { app in
            ProblemPage(app, .BadQr, of: Sample.account) {}
        }
    }

    #Preview("Has to be scanned") {
        Sample.screen { app in
            ProblemPage(app, .ScanRequired, of: Sample.account) {}
        }
    }

    #Preview("Not reached") {
        Sample.screen { app in
            ProblemPage(app, .Unreachable(sent: false), of: Sample.account) {}
        }
    }

    #Preview("Lost answer") {
        Sample.screen { app in
            ProblemPage(app, .Unreachable(sent: true), of: Sample.account) {}
        }
    }

    #Preview("Locked for good") {
        Sample.screen { app in
            ProblemPage(app, .Locked(notice: nil), of: Sample.account) {}
        }
    }

    #Preview("Removed") {
        Sample.screen { app in
            ProblemPage(app, .Revoked(notice: nil), of: Sample.account) {}
        }
    }

    #Preview("Pair again") {
        Sample.screen { app in
            ProblemPage(app, .NeedsRepair, of: Sample.account) {}
        }
    }

    #Preview("App too old") {
        Sample.screen { app in
            ProblemPage(app, .AppTooOld(min: "2.0.0"), of: Sample.account) {}
        }
    }

    #Preview("Somebody in between") {
        Sample.screen { app in
            ProblemPage(app, .RootMismatch, of: Sample.account) {}
        }
    }

    #Preview("Wait") {
        Sample.screen { app in
            ProblemPage(app, .RateLimited(retryIn: 30), of: Sample.account) {}
        }
    }

    #Preview("No face") {
        Sample.screen { app in
            ProblemPage(app, .NoBiometrics, of: Sample.account) {}
        }
    }

    #Preview("Nothing to be done") {
        Sample.screen { app in
            ProblemPage(app, .Internal, of: Sample.account) {}
        }
    }
#endif
