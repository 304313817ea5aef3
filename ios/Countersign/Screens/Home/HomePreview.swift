#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Welcome") {
        Sample.screen { app in
            HomeScreen(app: app, model: Sample.home(SampleCore()))
        }
    }

    #Preview("Accounts") {
        Sample.screen { app in
            HomeScreen(app: app, model: Sample.home(SampleCore(accounts: [Sample.account, Sample.other])))
        }
    }

    #Preview("A request waits") {
        Sample.screen { app in
            let core = SampleCore(accounts: [Sample.account], waiting: [Sample.request()])
            HomeScreen(app: app, model: Sample.home(core))
        }
    }

    #Preview("A change that was found out about") {
        Sample.screen { app in
            let core = SampleCore(accounts: [Sample.account, Sample.other], settled: .changed)
            HomeScreen(app: app, model: Sample.home(core))
        }
    }

    #Preview("An account that was removed") {
        Sample.screen { app in
            let removed = Sample.account("Payroll", "ak", .removed(why: .web, at: 1_796_048_000))
            HomeScreen(app: app, model: Sample.home(SampleCore(accounts: [removed, Sample.other])))
        }
    }

    #Preview("No account left") {
        Sample.screen { app in
            NoAccountPage(app: app)
        }
    }

    #Preview("A server is silent") {
        Sample.screen { app in
            let silent = Silent(account: Sample.other, problem: .Unreachable(sent: false))
            let core = SampleCore(accounts: [Sample.account, Sample.other], silent: [silent])
            HomeScreen(app: app, model: Sample.home(core))
        }
    }

    #Preview("A link waits") {
        Sample.screen { app in
            let _ = app.setAside("https://id.example.eu/a/l#waits")
            HomeScreen(app: app, model: Sample.home(SampleCore(accounts: [Sample.account])))
        }
    }

    #Preview("A link waits before the first account") {
        Sample.screen { app in
            let _ = app.setAside("https://id.example.eu/a/e#waits")
            HomeScreen(app: app, model: Sample.home(SampleCore()))
        }
    }
#endif
