#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Self-test") {
        Sample.screen { app in
            let model = SelfTestModel(core: SampleCore(findings: Sample.findings), around: Sample.around())
            SelfTestScreen(app: app, model: model).task { model.test() }
        }
    }
#endif
