import CountersignKit
import SwiftUI

/// The code for the web page; on one phone the way back to the browser that started, which needs no code (P1, P2).
struct TypeCodePage: View {
    let app: AppModel
    let model: PairingModel
    let code: String
    let left: TimeInterval
    let returnTo: String?
    @Environment(\.words) private var words
    /// Each question to the server gives a new state: the ring shrinks from what was left at the first one.
    @State private var total: TimeInterval?
    @State private var cancels = false

    var body: some View {
        Page(Bar(words.common.step(step: "3", steps: "3"), back: .none)) {
            Title(returnTo == nil ? words.pairCode.title : words.pairCode.browserTitle)
            if returnTo != nil { Paragraph(words.pairCode.browserText) }
            Card {
                VStack(spacing: Tokens.Space.s16) {
                    CodeDisplay(code)
                    Countdown(left, since: model.shown.since) { TimeLeft(seconds: $0, total: total ?? left) }
                }
                .padding(Tokens.Space.s24)
            }
            explanation
        } foot: {
            if let returnTo {
                ActionButton(words.pairCode.backToBrowser, .primary, icon: .openInNew) {
                    _ = app.around.device.browse(returnTo)
                }
            }
            ActionButton(words.pairCode.cancel, .secondary, icon: .close) { cancels = true }
        }
        .onAppear { total = total ?? left }
        .question($cancels) { question }
    }

    @ViewBuilder
    private var explanation: some View {
        if returnTo == nil {
            let phone = app.around.device.name
            let server = model.server ?? words.common.thisServer
            Paragraph(words.pairCode.text(phone: phone), strong: [phone])
            Banner(.info, words.pairCode.onlyThereTitle, words.beginning(words.pairCode.onlyThereText(server: server)))
        } else {
            Hint(words.pairCode.browserHint)
        }
    }

    @ViewBuilder
    private var question: some View {
        Title(words.pairCode.cancelTitle)
        Paragraph(words.pairCode.cancelText)
        ActionButton(words.pairCode.cancel, .danger, icon: .close) {
            cancels = false
            app.done()
        }
        ActionButton(words.pairCode.keep, .secondary) { cancels = false }
    }
}
