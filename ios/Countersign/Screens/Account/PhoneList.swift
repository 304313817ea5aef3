import CountersignFFI
import CountersignKit
import SwiftUI

/// The phones that can approve. Before the server has answered, and when it did not, that is said in their place.
struct PhoneList: View {
    let model: AccountModel
    let state: AccountModel.State
    let more: (Phone) -> Void
    @Environment(\.words) private var words

    var body: some View {
        if let phones = state.phones {
            Card {
                Rows(phones) { phone in PhoneRow(phone: phone) { more(phone) } }
            }
        }
        if let problem = model.shown.problem {
            let title = state.phones == nil ? words.account.listMissing : words.failure.title
            Banner(.warning, title, words.sentence(of: problem, server: server)).said(title, .atOnce)
            ActionButton(words.common.tryAgain, .text, icon: .refresh) { model.refresh() }.disabled(model.shown.busy)
        } else if state.phones == nil {
            Hint(words.account.loading(server: server)).said(words.account.loading(server: server), .politely)
        }
    }

    private var server: String { words.server(state.account) }
}

private struct PhoneRow: View {
    let phone: Phone
    let more: @MainActor () -> Void
    @Environment(\.words) private var words
    @Environment(\.clock) private var clock

    var body: some View {
        ListRow(phone.name, icon: .mobile, hint: hint) {
            IconButton(.moreVert, words.spoken.moreForPhone(name: phone.name), action: more)
        }
    }

    private var hint: String {
        let now = clock.now()
        let used = phone.this ? words.account.thisPhone(used: words.usedShort(phone, now)) : words.used(phone, now)
        return phone.locked ? words.common.joined(first: used, second: words.account.phoneLocked) : used
    }
}

/// What is known of a phone, and what may be done about it.
struct PhoneMenu: View {
    let phone: Phone
    let close: @MainActor () -> Void
    let rename: @MainActor () -> Void
    let remove: @MainActor () -> Void
    @Environment(\.words) private var words
    @Environment(\.clock) private var clock

    var body: some View {
        Title(phone.name)
        Hint(words.common.joined(first: phone.os, second: words.keeper(of: phone.level)))
        Hint(words.usedAt(phone, clock.now()))
        if let paired = moment(phone.created) { Hint(words.phones.paired(day: words.times.date(paired))) }
        if phone.this {
            Choice(title: words.phones.renameThis, icon: .keyboard, action: rename)
        } else {
            Choice(title: words.phones.removeOther, icon: .linkOff, danger: true, action: remove)
        }
        ActionButton(words.common.close, .text, action: close)
    }
}
