import CountersignFFI
import CountersignKit
import SwiftUI

/// Approved, with the code that support can ask for.
struct ApprovedPage: View {
    let app: AppModel
    let request: Request
    let code: String
    let returnTo: String?
    @Environment(\.words) private var words
    @State private var isFelt = false

    var body: some View {
        EndPage(Ending(.check, .success, words.approved.title, text, strong: [request.client])) {
            Card { signInCode }
            if let returnTo {
                ActionButton(words.approved.backToBrowser, .primary, icon: .openInNew) {
                    _ = app.around.device.browse(returnTo)
                    app.done()
                }
            } else {
                ActionButton(words.common.done, .primary) { app.done() }
            }
            ActionButton(words.approved.mistake, .text) { app.openDecided(tid: request.tid, request.account) }
        }
        .sensoryFeedback(.success, trigger: isFelt)
        .onAppear { isFelt = true }
    }

    private var signInCode: some View {
        VStack(alignment: .leading, spacing: 4) {
            Hint(request.kind == .sign ? words.approved.codeSign : words.approved.code)
            Text(code).font(.cs.heading.monospacedDigit()).foregroundStyle(Color.cs.text)
            Hint(words.approved.codeHint)
        }
        .padding(16)
        .accessibilityElement(children: .combine)
    }

    private var text: String {
        if request.kind == .sign { return words.approved.textSign(service: request.client) }
        if returnTo != nil { return words.approved.textHere(service: request.client) }
        return words.approved.text(service: request.client)
    }
}

/// A request that is over; "It wasn't me" still works (D1).
struct OverPage: View {
    let app: AppModel
    let request: Request
    let ending: Ending
    @Environment(\.words) private var words

    var body: some View {
        EndPage(ending) {
            ActionButton(words.common.done, .primary) { app.done() }
            ActionButton(words.common.itWasntMe, .danger, icon: .gppBad) {
                app.openReport(tid: request.tid, request.account)
            }
        }
    }
}

/// The request is another one now: nothing was approved, and it is read again.
struct ChangedPage: View {
    let app: AppModel
    @Environment(\.words) private var words

    var body: some View {
        EndPage(Ending(.warning, .warning, words.failure.title, words.signInState.changed, said: .atOnce)) {
            ActionButton(words.next.readAgain, .primary, icon: .refresh) { app.done() }
            ActionButton(words.next.backToAccounts, .secondary) { app.done() }
        }
    }
}

/// No answer: the same bytes go out again, by themselves or at once.
struct RequestUnansweredPage: View {
    let app: AppModel
    let model: RequestModel
    let retryIn: TimeInterval
    let sent: Bool
    @Environment(\.words) private var words

    var body: some View {
        let server = words.server(model.request.account)
        Page(Bar(back: .step { app.done() }), centred: true) {
            BigSign(.wifiOff, .neutral)
            Title(
                sent ? words.failure.lostAnswerTitle : words.noNetwork.title(server: server),
                centred: true,
                said: .atOnce
            )
            Paragraph(sent ? words.noNetwork.textSent(server: server) : words.noNetwork.text, centred: true)
            Countdown(retryIn, since: model.shown.since) {
                Hint(words.noNetwork.retryIn(time: minutesAndSeconds($0)), centred: true)
            }
        } foot: {
            ActionButton(words.common.tryNow, .primary, icon: .refresh) { model.resend() }.disabled(model.shown.busy)
            ActionButton(words.noNetwork.offline, .secondary, icon: .qrCodeScanner) { app.openScanner() }
            ActionButton(words.noNetwork.selfTest, .text) { app.openSelfTest() }
        }
    }
}
