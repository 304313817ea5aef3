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
            let (core, around) = (SampleCore(), Sample.around())
            let model = DecidedModel(core: core, decided: Sample.decided[0], account: Sample.account, around: around)
            DecidedScreen(app: app, model: model)
        }
    }

    #Preview("Reported") {
        Sample.screen { app in
            ReportedAfterPage(app: app, decided: Sample.decided[0], account: Sample.account)
        }
    }
#endif
