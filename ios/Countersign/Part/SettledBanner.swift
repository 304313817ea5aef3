import CountersignFFI
import SwiftUI

/// What became of a change whose answer was lost; of which account, where several are on the page.
struct SettledBanner: View {
    private let settled: Settled
    private let server: String?
    @Environment(\.words) private var words

    init(_ settled: Settled, server: String? = nil) {
        self.settled = settled
        self.server = server
    }

    var body: some View {
        if let server { Banner(mood, server, text) } else { Banner(mood, text) }
    }

    private var mood: Mood {
        switch settled {
        case .changed: .success
        case .unchanged: .info
        }
    }

    private var text: String {
        switch settled {
        case .changed: words.settled.changed
        case .unchanged: words.settled.unchanged
        }
    }
}
