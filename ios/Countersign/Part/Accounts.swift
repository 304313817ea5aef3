import CountersignFFI
import CountersignKit
import SwiftUI

/// Two letters in a soft square: which server and account, at a glance.
struct Monogram: View {
    let account: Account
    @ScaledMetric private var size: CGFloat

    init(_ account: Account, size: CGFloat = 44) {
        self.account = account
        _size = ScaledMetric(wrappedValue: size, relativeTo: .body)
    }

    var body: some View {
        Text(letters(of: account))
            .font(.system(size: size * 0.36, weight: .semibold))
            .foregroundStyle(colours.text)
            .frame(width: size, height: size)
            .background(
                colours.ground,
                in: RoundedRectangle(cornerRadius: size < 40 ? Tokens.Radius.s : Tokens.Radius.mono)
            )
            .accessibilityHidden(true)
    }

    /// One of three, by the server, so that accounts of one server look alike.
    private var colours: (ground: Color, text: Color) {
        let sum = (account.label?.iss ?? "").unicodeScalars.reduce(0) { ($0 &* 31 &+ Int($1.value)) & 0xFFFFFF }
        switch sum % 3 {
        case 0: return (.cs.primarySoft, .cs.onPrimarySoft)
        case 1: return (.cs.infoSoft, .cs.onInfoSoft)
        default: return (.cs.warningSoft, .cs.onWarningSoft)
        }
    }
}

/// Initials of the identifier: a.keller@… gives AK, parents@… gives PA.
func letters(of account: Account) -> String {
    let name = (account.label?.account ?? "").prefix { $0 != "@" }
    let parts = name.split { ".-_ ".contains($0) }.filter { $0.first.map { $0.isLetter || $0.isNumber } == true }
    let letters =
        parts.count > 1 ? parts.prefix(2).map { $0.prefix(1) }.joined() : String((parts.first ?? "").prefix(2))
    return letters.isEmpty ? "?" : letters.uppercased()
}

/// Which account this is about, in one line above a question.
struct AccountLine: View {
    let account: Account
    @Environment(\.words) private var words
    @Environment(\.dynamicTypeSize) private var typeSize

    init(_ account: Account) {
        self.account = account
    }

    var body: some View {
        HStack(spacing: 12) {
            if !typeSize.stacks { Monogram(account, size: 32) }
            VStack(alignment: .leading, spacing: 0) {
                Hint(words.serverTitle(account))
                if let label = account.label { Hint(label.account) }
            }
        }
        .accessibilityElement(children: .combine)
    }
}

/// An account in a list.
struct AccountRow: View {
    private let account: Account
    private let state: String?
    private let action: (@MainActor () -> Void)?
    @Environment(\.words) private var words

    init(_ account: Account, state: String? = nil, action: (@MainActor () -> Void)? = nil) {
        self.account = account
        self.state = state
        self.action = action
    }

    var body: some View {
        if let action {
            Button(action: action) { row }.buttonStyle(RowStyle()).accessibilityLabel(spoken)
        } else {
            row.accessibilityElement(children: .ignore).accessibilityLabel(spoken)
        }
    }

    private var row: some View {
        HStack(spacing: 14) {
            Monogram(account)
            VStack(alignment: .leading, spacing: 2) {
                Text(server).font(.cs.bold).foregroundStyle(Color.cs.text)
                if let name { Hint(name) }
                if let state { Chip(state, .lockClock, .warning) }
            }
            .frame(maxWidth: .infinity, alignment: .leading)
            if action != nil { Onward() }
        }
        .padding(16)
        .contentShape(Rectangle())
    }

    private var server: String { words.serverTitle(account) }
    private var name: String? { account.label?.account.ifAny }

    private var spoken: String {
        if let state {
            words.spoken.accountState(server: server, account: name ?? "", state: state)
        } else {
            words.spoken.account(server: server, account: name ?? "")
        }
    }
}
