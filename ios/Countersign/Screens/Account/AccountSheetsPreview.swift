#if DEBUG
    import CountersignFFI
    @testable import CountersignKit
    import SwiftUI

    #Preview("Another name") {
        Sample.sheet { _ in
            RenameSheet(model: Sample.accountModel(Sample.account), account: Sample.account, present: "iPhone 17") {}
        }
    }

    #Preview("Another name: not saved") {
        Sample.sheet { _ in
            let core = SampleCore(accounts: [Sample.account])
            let model = AccountModel(core: core, account: Sample.account, around: Sample.around())
            let failed = Sample.failed(model, .Unreachable(sent: true))
            RenameSheet(model: failed, account: Sample.account, present: "iPhone 17") {}
        }
    }

    #Preview("This phone") {
        Sample.sheet { _ in
            PhoneMenu(phone: Sample.phones[0]) {
            } rename: {
            } remove: {
            }
        }
    }

    #Preview("Another phone") {
        Sample.sheet { _ in
            PhoneMenu(phone: Sample.phones[1]) {
            } rename: {
            } remove: {
            }
        }
    }
#endif
