import CountersignKit
import SwiftUI

/// A PIN that was typed before may have been wrong: the next one is asked for at once, or after a pause.
struct PinTurn<Foot: View>: View {
    private let bar: Bar
    private let ask: PinAsk
    private let pad: PinPad
    private let answer: PinAnswer?
    private let server: String
    private let ok: @MainActor () -> Void
    private let foot: Foot

    init(
        _ bar: Bar,
        _ ask: PinAsk,
        _ pad: PinPad,
        after answer: PinAnswer?,
        server: String,
        ok: @escaping @MainActor () -> Void,
        @ViewBuilder foot: () -> Foot
    ) {
        self.bar = bar
        self.ask = ask
        self.pad = pad
        self.answer = answer
        self.server = server
        self.ok = ok
        self.foot = foot()
    }

    var body: some View {
        if let answer {
            Countdown(answer.retryIn, since: answer.since) { seconds in
                if seconds > 0 {
                    PausePage(bar: bar, answer: answer, seconds: seconds, server: server) { foot }
                } else {
                    entry
                }
            }
        } else {
            entry
        }
    }

    private var entry: some View {
        PinEntryPage(bar, ask, pad, ok: ok) { foot }
    }
}
