import CountersignFFI
import CountersignKit
import SwiftUI

/// Pairing without the camera: the server's address and a code in four groups, or the link (P3).
struct TypedScreen: View {
    let app: AppModel
    @Bindable var model: TypedModel
    @Environment(\.words) private var words
    @State private var wasAsked = false

    var body: some View {
        if let problem = model.shown.problem, problem != .BadCode {
            ProblemPage(app, problem, server: server.ifAny) { model.understood() }
        } else {
            page
        }
    }

    private var page: some View {
        Page(Bar()) {
            let path = words.common.pathAddPhone
            Title(words.noCamera.title)
            Paragraph(words.noCamera.text(path: path), strong: [path])
            Field(
                label: words.noCamera.address,
                text: $model.server,
                hint: words.noCamera.addressHint,
                error: wasAsked && server.isEmpty ? words.noCamera.missingAddress : nil,
                kind: .address
            )
            Field(
                label: words.noCamera.code,
                text: $model.code,
                hint: words.noCamera.codeHint,
                error: codeError,
                kind: .code
            )
            Card { ListRow(words.noCamera.onThisPhone, icon: .mobile, hint: words.noCamera.onThisPhoneHint) }
        } foot: {
            ActionButton(busy ? words.common.working : words.common.goOn, isReady ? .primary : .quiet, action: goOn)
                .disabled(busy)
            ActionButton(words.noCamera.backToCamera, .text) { app.back() }
        }
    }

    private func goOn() {
        wasAsked = true
        if isReady { model.submit() }
    }

    private var busy: Bool { model.shown.busy }
    private var server: String { trimmed(model.server) }
    private var code: String { trimmed(model.code) }
    private var isReady: Bool { !server.isEmpty && !code.isEmpty }

    private var codeError: String? {
        if let problem = model.shown.problem { return words.sentence(of: problem, server: server) }
        return wasAsked && code.isEmpty ? words.noCamera.missingCode : nil
    }

    private func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }
}
