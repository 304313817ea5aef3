import CountersignFFI
import CountersignKit
import SwiftUI

/// What the code says, before the PIN; and whether the page is right that this phone has no network.
struct ReadOfflinePage: View {
    let app: AppModel
    let model: OfflineModel
    let network: OfflineState
    @Environment(\.words) private var words

    var body: some View {
        Page(Bar(words.offline.title, back: .close { app.done() })) {
            banner
            AccountLine(model.request.account)
            Title(words.offline.ask(service: model.request.client))
            Card { Facts(facts) }
            if model.request.clockDiffers { Banner(.warning, words.offline.clockDiffers) }
        } foot: {
            answers
        }
        .disabled(model.shown.busy)
    }

    @ViewBuilder
    private var banner: some View {
        switch network {
        case .ready: Banner(.warning, words.offline.noNetworkTitle, words.offline.noNetworkText)
        case .connected: Banner(.danger, words.offlineState.connected, words.offlineState.connectedText)
        case .over: Banner(.info, words.offlineState.over)
        }
    }

    @ViewBuilder
    private var answers: some View {
        switch network {
        case .over: ActionButton(words.common.done, .primary) { app.done() }
        case .ready: open(words.offline.getCode)
        case .connected: open(words.offlineState.connectedGoOn)
        }
    }

    @ViewBuilder
    private func open(_ getCode: String) -> some View {
        ActionButton(getCode, .primary, icon: .check) { model.askPin() }
        ActionButton(words.common.cancel, .secondary, icon: .close) { app.done() }
        ActionButton(words.common.itWasntMe, .danger, icon: .gppBad) { model.report() }
    }

    private var facts: [Fact] {
        let place = model.request.place
        let note = place.map { _ in words.common.approximate }
        return [
            Fact(words.offline.service, model.request.client),
            Fact(words.offline.account, model.request.user),
            Fact(words.offline.place, place ?? words.common.unknownPlace, note: note),
        ]
    }
}
