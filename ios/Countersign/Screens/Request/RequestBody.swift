import CountersignFFI
import CountersignKit
import SwiftUI

/// The account, the question, and the facts. Signed rows come first and bold. `compact`: beside the keypad.
struct RequestBody: View {
    let request: Request
    let compact: Bool
    @Environment(\.words) private var words
    @Environment(\.clock) private var clock

    var body: some View {
        AccountLine(request.account)
        Title(question)
        if compact, request.rows.isEmpty {
            Hint([request.origin.host, placeLine, browser, time].joined(separator: " · "))
        } else {
            Card { Facts(facts) }
        }
        switch request.arrival {
        case .scan: scanned
        case .link: Hint(words.request.hereText(browser: words.request.yourBrowser))
        case .push: EmptyView()
        }
    }

    private var question: String {
        switch (request.kind, request.arrival) {
        case (.sign, _): words.request.signAsk(service: request.client)
        case (.login, .link): words.request.signInHere(service: request.client)
        case (.login, .push), (.login, .scan): words.request.signInTo(service: request.client)
        }
    }

    private var facts: [Fact] {
        let signed = request.rows.map { Fact($0.label, $0.text, signed: true) }
        let place = request.browser.place
        let note = place.map { _ in words.common.approximate }
        return signed + [
            who,
            Fact(words.request.place, place ?? words.common.unknownPlace, note: note),
            Fact(words.request.browser, browser),
            Fact(words.request.time, time),
        ]
    }

    private var who: Fact {
        switch request.kind {
        case .sign: Fact(words.request.service, request.client, note: request.origin.host)
        case .login: Fact(words.request.website, request.origin.host)
        }
    }

    private var scanned: some View {
        let origin = request.origin.host
        let server = request.account.label?.iss.host
        let text =
            server.map { words.request.scannedText(origin: origin, server: $0) }
            ?? words.request.scannedTextOne(origin: origin)
        return Banner(.info, words.request.scannedTitle, text, strong: [origin] + (server.map { [$0] } ?? []))
    }

    private var placeLine: String {
        request.browser.place.map { words.common.placeApproximate(place: $0) } ?? words.common.unknownPlace
    }

    private var browser: String { request.browser.agent ?? words.common.unknownBrowser }
    private var time: String { words.times.dayAndClock(Date(seconds: request.browser.at), now: clock.now()) }
}
