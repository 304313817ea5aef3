import CountersignFFI
import CountersignKit
import SwiftUI

/// The PIN, chosen and repeated. Rules are the core's: what it refuses is said here.
struct ChoosePinPage: View {
    let model: PairingModel
    let least: Int
    let server: String
    @Environment(\.words) private var words

    var body: some View {
        if model.repeats { repeated } else { first }
    }

    private var first: some View {
        let problem = model.shown.problem
        let ask = PinAsk(
            title: words.choosePin.title,
            purpose: words.choosePin.text(min: String(least)),
            hint: words.choosePin.hint,
            error: problem.map { words.sentence(of: $0, server: server) },
            busy: model.shown.busy,
            minDigits: least
        )
        return PinEntryPage(Bar(words.common.step(step: "1", steps: "3")), ask, model.first) {
            model.repeatPin()
        } foot: {
        }
    }

    private var repeated: some View {
        let busy = model.shown.busy
        let ask = PinAsk(
            title: words.choosePin.repeatTitle,
            purpose: words.choosePin.repeatText,
            hint: busy ? words.choosePin.makingKeys : words.choosePin.repeatHint,
            busy: busy,
            minDigits: least
        )
        let bar = Bar(words.common.step(step: "2", steps: "3"), back: .step { model.chooseAgain() })
        return PinEntryPage(bar, ask, model.again) {
            model.choosePin()
        } foot: {
        }
    }
}
