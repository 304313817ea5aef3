#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("History") {
        Sample.screen { app in
            let state = HistoryModel.State(decided: Sample.decided, accounts: [Sample.account])
            DecisionsPage(app: app, state: state)
        }
    }

    #Preview("Nothing yet") {
        Sample.screen { app in
            let model = HistoryModel(core: SampleCore(), around: Sample.around())
            HistoryScreen(app: app, model: model).task { model.begin() }
        }
    }

    #Preview("Approved") {
        Sample.screen { app in
            DecidedScreen(app: app, model: Sample.decidedModel(Sample.decided[0]))
        }
    }

    #Preview("Reported") {
        Sample.screen { app in
            ReportedAfterPage(app: app, decided: Sample.decided[0], account: Sample.account)
        }
    }

    #Preview("Cancelled") {
        Sample.screen { app in
            DecidedScreen(app: app, model: Sample.decidedModel(Sample.decided[3]))
        }
    }

    #Preview("The session is ended") {
        Sample.screen { app in
            DecidedScreen(app: app, model: Sample.at(Sample.decidedModel(Sample.decided[0]), .ended))
        }
    }

    #Preview("Reported, after it was cancelled") {
        Sample.screen { app in
            DecidedScreen(app: app, model: Sample.at(Sample.decidedModel(Sample.decided[3]), .reported))
        }
    }
#endif
