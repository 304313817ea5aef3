#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Off") {
        Sample.screen { app in
            let model = BiometricsModel(core: SampleCore(), account: Sample.account, around: Sample.around())
            BiometricsSwitchPage(model: model, isOn: false)
        }
    }

    #Preview("On") {
        Sample.screen { app in
            let model = BiometricsModel(core: SampleCore(), account: Sample.account, around: Sample.around())
            BiometricsSwitchPage(model: model, isOn: true, remark: (.success, "Face ID"))
        }
    }
#endif
