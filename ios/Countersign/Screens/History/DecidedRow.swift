import CountersignFFI
import CountersignKit
import CountersignWords
import SwiftUI

/// One decision in the list: sign and words for what was done, the service, and the code for support.
struct DecidedRow: View {
    let decided: Decided
    let account: Account?
    let action: @MainActor () -> Void
    @Environment(\.words) private var words
    @Environment(\.dynamicTypeSize) private var typeSize

    var body: some View {
        let face = DeedFace(decided.deed, words)
        let code = decided.signInCode
        ListRow(
            decided.deed == .reported ? words.historyList.reported : decided.client,
            icon: face.icon,
            hint: typeSize.stacks ? words.common.joined(first: hint, second: code) : hint,
            look: RowLook(icon: Soft(face.mood).sign),
            trailing: {
                if !typeSize.stacks { Text(code).font(.cs.chip).foregroundStyle(Color.cs.text2) }
            },
            action: action
        )
    }

    private var hint: String {
        let line = words.historyList.timeDetail(time: words.times.clock(Date(seconds: decided.at)), detail: detail)
        if decided.outcome != .unknown { return line }
        return words.common.joined(first: line, second: words.outcome.unknown)
    }

    private var detail: String {
        switch decided.deed {
        case .approved: account.map { words.server($0) } ?? words.deed.approvedShort
        case .cancelled: words.deed.cancelledShort
        case .reported: decided.client
        case .offlineCode: words.deed.offlineCodeShort
        }
    }
}

/// How a deed looks.
struct DeedFace {
    let icon: Icon
    let mood: Mood
    let word: String

    init(_ deed: Deed, _ words: any Words) {
        word = words.word(of: deed)
        switch deed {
        case .approved, .offlineCode: (icon, mood) = (.checkCircle, .success)
        case .cancelled: (icon, mood) = (.cancel, .neutral)
        case .reported: (icon, mood) = (.gppBad, .danger)
        }
    }
}
