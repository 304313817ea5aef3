import CountersignFFI
import CountersignKit
import SwiftUI

/// Why a PIN cannot be looked up, and how one gets a new one (A8).
struct ForgottenPinScreen: View {
    let app: AppModel
    let account: Account
    @Environment(\.words) private var words

    var body: some View {
        let own = words.forgottenPin
        let path = words.common.pathPhones
        Page(Bar(own.bar)) {
            Title(own.title)
            Paragraph(own.text)
            Heading(own.steps)
            VStack(spacing: Tokens.Space.s12) {
                NumberedPoint(1, own.stepOpen(path: path), strong: [path])
                NumberedPoint(2, own.stepRemove(action: own.addPhone), strong: [own.addPhone])
                NumberedPoint(3, own.stepScan)
            }
            Banner(.info, own.historyTitle, own.historyText(server: words.server(account)))
        } foot: {
            if let address = account.label?.iss {
                ActionButton(own.open, .primary, icon: .openInNew) { _ = app.around.device.browse(address) }
            }
            ActionButton(own.remember, .secondary) { app.back() }
        }
    }
}
