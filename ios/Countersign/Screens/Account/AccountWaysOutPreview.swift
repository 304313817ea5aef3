#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Remove a phone") {
        Sample.screen { app in
            let (core, around) = (SampleCore(), Sample.around())
            let phone = Sample.phones[1]
            let model = RemovePhoneModel(core: core, account: Sample.account, phone: phone, around: around)
            RemovePhoneScreen(app: app, model: model)
        }
    }

    #Preview("Unlink the only phone") {
        Sample.screen { app in
            let (core, around) = (SampleCore(), Sample.around())
            let model = UnlinkModel(core: core, account: Sample.account, phones: 1, around: around)
            UnlinkScreen(app: app, model: model)
        }
    }
#endif
