import CountersignFFI
import CountersignKit
import SwiftUI

/// A problem that takes the whole screen: a sign, what happened, what did not, and what comes next.
struct ProblemPage: View {
    private let app: AppModel
    private let problem: Problem
    private let account: Account?
    private let named: String?
    private let again: (@MainActor () -> Void)?
    @Environment(\.words) private var words
    @Environment(\.sensor) private var sensor

    /// `server` is what the server is called, where no account says it.
    init(
        _ app: AppModel,
        _ problem: Problem,
        of account: Account? = nil,
        server: String? = nil,
        again: (@MainActor () -> Void)? = nil
    ) {
        self.app = app
        self.problem = problem
        self.account = account
        named = server
        self.again = again
    }

    var body: some View {
        let face = ProblemFace(problem, named ?? words.server(account), words)
        Page(Bar(), centred: true) {
            BigSign(face.icon, face.mood)
            Title(face.title, centred: true, said: .atOnce)
            Paragraph(face.text, centred: true)
        } foot: {
            ForEach(steps.indices, id: \.self) { place in
                let step = steps[place]
                ActionButton(step.label, place == 0 ? .primary : .secondary, icon: step.icon, action: step.action)
            }
        }
    }

    private var steps: [Step] {
        Steps(app: app, words: words, sensor: sensor, account: account, again: again).of(problem)
    }
}
