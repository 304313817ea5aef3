import CountersignFFI
import CountersignKit
import SwiftUI

/// Another name for this phone. It closes when the server has it.
struct RenameSheet: View {
    private static let longest = 40

    let model: AccountModel
    let account: Account
    let present: String
    let close: @MainActor () -> Void
    @Environment(\.words) private var words
    @State private var name: String?
    @State private var slip: String?

    var body: some View {
        Title(words.rename.title)
        Field(label: words.rename.name, text: text, hint: words.rename.hint, error: slip ?? refusal)
        ActionButton(words.common.save, .primary) { save() }.disabled(model.shown.busy)
        ActionButton(words.common.cancel, .secondary, action: close)
    }

    private var text: Binding<String> {
        Binding(
            get: { @MainActor in name ?? present },
            set: { @MainActor in
                name = $0
                slip = nil
            }
        )
    }

    private func save() {
        let wanted = (name ?? present).trimmingCharacters(in: .whitespacesAndNewlines)
        slip = slip(in: wanted)
        guard slip == nil, let renaming = model.rename(wanted) else { return }
        Task {
            await renaming.value
            if model.shown.problem == nil { close() }
        }
    }

    /// What can be said before the core is asked; the core looks for itself.
    private func slip(in name: String) -> String? {
        if name.isEmpty { return words.rename.empty }
        return name.unicodeScalars.count > Self.longest ? words.rename.tooLong : nil
    }

    private var refusal: String? {
        model.shown.problem.map { words.sentence(of: $0, server: words.server(account)) }
    }
}
