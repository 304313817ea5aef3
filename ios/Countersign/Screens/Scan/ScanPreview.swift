#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Scanner") {
        Sample.screen { app in
            ScanScreen(app: app, model: Sample.scan(), moving: false)
        }
    }

    #Preview("Scanner, for a move") {
        Sample.screen { app in
            ScanScreen(app: app, model: Sample.scan(), moving: true)
        }
    }

    #Preview("Camera refused") {
        Sample.screen { app in
            CameraRefusedPage(app: app)
        }
    }

    #Preview("A code is being opened") {
        Sample.screen { app in
            ScanScreen(app: app, model: Sample.busy(Sample.scan()), moving: false)
        }
    }

    #Preview("A code of somebody else") {
        Sample.screen { app in
            ScanScreen(app: app, model: Sample.failed(Sample.scan(), .BadQr), moving: false)
        }
    }
#endif
