#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Without the camera") {
        Sample.screen { app in
            let model = TypedModel(core: SampleCore(), around: Sample.around()) { _ in }
            TypedScreen(app: app, model: model)
        }
    }
#endif
