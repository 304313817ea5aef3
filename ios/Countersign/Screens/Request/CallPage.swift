import CountersignKit
import SwiftUI

/// A telephone call is going on: said before anything else, and no answer is the main one (H2).
struct CallPage: View {
    let model: RequestModel
    @Environment(\.words) private var words

    var body: some View {
        Countdown(model.request.terms.left, since: model.readAt) { seconds in
            let time = minutesAndSeconds(seconds)
            Page(Bar(back: .none), centred: true) {
                BigSign(.phoneInTalk, .danger)
                Title(words.call.title, centred: true, said: .atOnce)
                Banner(.danger, words.call.text)
                Paragraph(words.call.hint(time: time), strong: [time], centred: true).announcing(seconds)
            } foot: {
                ActionButton(words.call.show, .secondary, icon: .visibility) { model.read() }
                ActionButton(words.call.cancel, .secondary, icon: .close) { model.deny(.cancel) }
                ActionButton(words.common.itWasntMe, .danger, icon: .gppBad) { model.deny(.notMe) }
            }
        }
        .disabled(model.shown.busy)
    }
}
