import CountersignFFI
import CountersignKit
import SwiftUI

/// The code for the new phone's camera, then the six digits that it shows, then the PIN.
struct MoveCodeScreen: View {
    let app: AppModel
    let model: MoveModel
    let moved: Moved
    let code: MoveCode
    @Environment(\.words) private var words
    /// The code whose digits are being typed: the next one is scanned first.
    @State private var typed: String?

    var body: some View {
        if model.asksPin {
            MoveConfirmPage(app: app, model: model, account: code.account)
        } else {
            Countdown(code.left, since: model.shown.since) { seconds in
                if seconds == 0 {
                    ranOut
                } else if typed == code.text {
                    MoveTypePage(model: model, code: code, seconds: seconds) { typed = nil }
                } else {
                    MoveQrPage(app: app, model: model, moved: moved, code: code, seconds: seconds) { typed = code.text }
                }
            }
        }
    }

    private var ranOut: some View {
        let ending = Ending(.timer, .neutral, words.time.ranOut, words.move.ranOutText)
        return EndPage(ending, bar: Bar(words.move.bar, back: .close { app.back() })) {
            ActionButton(words.move.newCode, .primary, icon: .refresh) {
                let rest = moved.from(code.account)
                app.back()
                app.openMove(rest)
            }
            ActionButton(words.common.close, .secondary) { app.back() }
        }
    }
}

/// The code of one account, and where it is scanned.
struct MoveQrPage: View {
    /// At this width each module has four points or more (look.md 3).
    private static let widest: CGFloat = 268

    let app: AppModel
    let model: MoveModel
    let moved: Moved
    let code: MoveCode
    let seconds: Int
    let scanned: @MainActor () -> Void
    @Environment(\.words) private var words
    @State private var picture: QrPicture?
    @State private var helps = false

    var body: some View {
        let action = words.welcome.move
        Page(Bar(words.move.bar, back: .close { app.back() })) {
            Title(words.move.scanTitle)
            Paragraph(words.move.scanText(action: action), strong: [action])
            panel
            TimeLeft(seconds: seconds, total: code.left)
            Hint(which, centred: true)
        } foot: {
            ActionButton(words.move.scanned, .primary, action: scanned)
            ActionButton(words.move.cannotScan, .secondary, icon: .help) { helps = true }
            if code.behind > 0 { SkipButton(model: model, moved: moved, account: code.account) }
        }
        .onChange(of: code.text, initial: true) { picture = try? drawQr(text: code.text) }
        .question($helps) {
            Title(words.move.cannotScan)
            Paragraph(words.move.cannotScanText(path: path), strong: [path])
            ActionButton(words.common.close, .secondary) { helps = false }
        }
    }

    @ViewBuilder
    private var panel: some View {
        if let picture {
            Card {
                QrPanel(picture: picture, spoken: words.spoken.qrForNewPhone)
                    .frame(maxWidth: Self.widest)
                    .padding(12)
                    .frame(maxWidth: .infinity)
            }
            .sensitive()
        } else {
            ErrorLine(words.move.cannotScanText(path: path))
        }
    }

    private var path: String { words.common.pathAddPhone }

    /// Whose code this is, and how many come after it.
    private var which: String {
        let server = words.server(code.account)
        if code.behind == 0 { return words.move.accounts(n: 1, list: server) }
        return words.common.joined(first: server, second: words.move.behind(n: code.behind))
    }
}

/// The six digits that the new phone shows. Nothing is sent before the PIN is typed as well.
struct MoveTypePage: View {
    let model: MoveModel
    let code: MoveCode
    let seconds: Int
    let back: @MainActor () -> Void
    @Environment(\.words) private var words

    var body: some View {
        let name = code.account.label?.account ?? server
        Page(Bar(words.move.bar, back: .step(back), seconds: seconds)) {
            Title(words.move.typeTitle)
            Paragraph(words.move.typeText(account: name), strong: [name])
            Text(words.move.typeLabel).font(.cs.bold).foregroundStyle(Color.cs.text).accessibilityHidden(true)
            Cells(digits: digits, spoken: words.spoken.codeField(n: digits.count), wrong: problem != nil) {}
            if let problem { ErrorLine(words.sentence(of: problem, server: server)) }
        } foot: {
            Keypad(keys: keys, tight: true)
            ActionButton(words.move.confirm, model.number.isComplete ? .primary : .quiet, icon: .check) {
                model.askPin()
            }
        }
        .disabled(model.shown.busy)
        .typed(into: keys, enabled: !model.shown.busy)
    }

    private var keys: Keys {
        Keys(digit: { model.number.push($0) }, delete: { model.number.backspace() })
    }

    private var server: String { words.server(code.account) }
    private var digits: String { model.number.digits }
    private var problem: Problem? { digits.isEmpty ? model.shown.problem : nil }
}
