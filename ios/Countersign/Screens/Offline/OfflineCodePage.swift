import CountersignKit
import SwiftUI

/// The eight digits, for as long as the core has them.
struct OfflineCodePage: View {
    let model: OfflineModel
    let digits: String
    let left: TimeInterval
    @Environment(\.words) private var words

    var body: some View {
        Page(Bar(words.offline.title, back: .none)) {
            Title(words.offline.codeTitle)
            CodeDisplay(digits)
            Countdown(left, since: model.shown.since) { time($0) }
            Card {
                Facts([
                    Fact(words.offline.forLabel, model.request.client),
                    Fact(words.offline.account, model.request.user),
                ])
            }
            Hint(words.offline.codeHint)
        } foot: {
            ActionButton(words.offline.hide, .secondary, icon: .close) { model.hide() }
        }
    }

    private func time(_ seconds: Int) -> some View {
        VStack(spacing: Tokens.Space.s8) {
            Ring(seconds, of: left, size: Tokens.Size.ringSmall) {
                Text(String(seconds)).font(.cs.heading.monospacedDigit()).foregroundStyle(Color.cs.text)
            }
            Hint(words.time.secondsLeftUnder(n: seconds), centred: true)
        }
        .frame(maxWidth: .infinity)
        .accessibilityElement(children: .ignore)
        .accessibilityLabel(words.spokenLeft(seconds))
        .announcing(seconds)
    }
}

/// The digits are gone: time, or the person hid them.
struct OfflineGonePage: View {
    let app: AppModel
    @Environment(\.words) private var words

    var body: some View {
        EndPage(Ending(.timer, .neutral, words.offline.goneTitle, words.offline.goneText)) {
            ActionButton(words.common.done, .primary) { app.done() }
            ActionButton(words.next.scanAgain, .secondary, icon: .qrCodeScanner) { app.openScanner() }
        }
    }
}
