import CountersignKit
import SwiftUI

/// A link that came while something else was on screen: opened by a touch, never by itself. `isFirst`: there is no account
/// that it could be a request for.
struct SetAside: View {
    let app: AppModel
    var isFirst = false
    @Environment(\.words) private var words

    var body: some View {
        if app.aside != nil {
            let own = words.accounts
            let arrived = isFirst ? own.linkArrived : own.requestArrived
            Banner(.info, arrived).said(arrived, .politely)
            ActionButton(isFirst ? own.linkArrivedOpen : own.requestArrivedOpen, .secondary, icon: .openInNew) {
                app.openAside()
            }
        }
    }
}
