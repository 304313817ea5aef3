#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Scanner") {
        Sample.screen { app in
            let model = ScanModel(core: SampleCore(), around: Sample.around()) { _ in }
            ScanScreen(app: app, model: model, moving: false)
        }
    }

    #Preview("Scanner, for a move") {
        Sample.screen { app in
            let model = ScanModel(core: SampleCore(), around: Sample.around()) { _ in }
            ScanScreen(app: app, model: model, moving: true)
        }
    }

    #Preview("Camera refused") {
        Sample.screen { app in
            CameraRefusedPage(app: app)
        }
    }
#endif
