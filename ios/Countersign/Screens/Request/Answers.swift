import CountersignFFI
import CountersignKit
import SwiftUI

/// Three answers: one size, one type, fixed order, none with the first focus (look.md 3). As a column, or as three tiles
/// beside a keypad or long rows.
struct Answers: View {
    let tiles: Bool
    let approve: @MainActor () -> Void
    let cancel: @MainActor () -> Void
    let notMe: @MainActor () -> Void
    @Environment(\.words) private var words

    var body: some View {
        if tiles {
            HStack(spacing: Tokens.Space.s8) { buttons }.fixedSize(horizontal: false, vertical: true)
        } else {
            buttons
        }
    }

    @ViewBuilder
    private var buttons: some View {
        ActionButton(words.common.approve, .primary, icon: .check, tile: tiles, action: approve)
        ActionButton(words.common.cancel, .secondary, icon: .close, tile: tiles, action: cancel)
        ActionButton(words.common.itWasntMe, .danger, icon: .gppBad, tile: tiles, action: notMe)
    }
}

/// "Did you start this sign-in?": opens on "It wasn't me" and on close.
struct DenySheet: View {
    let model: RequestModel
    let close: @MainActor () -> Void
    @Environment(\.words) private var words

    var body: some View {
        let own = words.denySheet
        let server = words.server(model.request.account)
        Title(model.request.kind == .sign ? own.titleSign : own.title)
        Choice(title: own.no, hint: own.noHint(server: server), icon: .gppBad, danger: true) { deny(.notMe) }
        Choice(title: own.yes, hint: own.yesHint, icon: .close) { deny(.cancel) }
        ActionButton(own.back, .text, action: close)
    }

    private func deny(_ why: DenyWhy) {
        close()
        model.deny(why)
    }
}
