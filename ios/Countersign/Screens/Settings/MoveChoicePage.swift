import CountersignFFI
import CountersignKit
import SwiftUI

/// Which accounts shall move to a new phone: all, unless the person says otherwise (A6).
struct MoveChoicePage: View {
    let app: AppModel
    let accounts: [Account]
    let close: @MainActor () -> Void
    @Environment(\.words) private var words
    @State private var stays: Set<AccountId> = []
    @State private var lacksChoice = false

    var body: some View {
        Page(Bar(words.move.bar, back: .step(close))) {
            Title(words.move.chooseTitle)
            Paragraph(words.move.chooseText)
            Card {
                Rows(accounts) { account in
                    OptionRow(
                        title: words.server(account),
                        hint: account.label?.account,
                        isChosen: !stays.contains(account.id)
                    ) {
                        turn(account)
                    }
                }
            }
            if lacksChoice { ErrorLine(words.move.chooseNone) }
        } foot: {
            ActionButton(words.common.goOn, chosen.isEmpty ? .quiet : .primary) {
                if chosen.isEmpty { lacksChoice = true } else { app.openMove(chosen) }
            }
        }
    }

    private var chosen: [Account] { accounts.filter { !stays.contains($0.id) } }

    private func turn(_ account: Account) {
        stays.formSymmetricDifference([account.id])
        lacksChoice = false
    }
}
