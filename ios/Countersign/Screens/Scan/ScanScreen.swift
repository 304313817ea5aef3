import CountersignFFI
import CountersignKit
import SwiftUI

/// The scanner, with a frame and other ways in (P1, P3, S3, S5, A6).
struct ScanScreen: View {
    let app: AppModel
    let model: ScanModel
    let moving: Bool
    @Environment(\.viewfinder) private var viewfinder
    @State private var isAsked = false
    @State private var isRefused = false

    var body: some View {
        page.task {
            await viewfinder.ask()
            isAsked = true
            isRefused = app.around.device.permissions().camera == false
        }
    }

    @ViewBuilder
    private var page: some View {
        if let problem = model.shown.problem {
            ProblemPage(app, problem) { model.again() }
        } else if isRefused {
            CameraRefusedPage(app: app)
        } else {
            ScannerPage(app: app, model: model, moving: moving, isAsked: isAsked)
        }
    }
}

/// The person has switched the camera off: the page of the system, and a way without it.
struct CameraRefusedPage: View {
    let app: AppModel
    @Environment(\.words) private var words

    var body: some View {
        Page(Bar(), centred: true) {
            BigSign(.noPhotography, .neutral)
            Title(words.cameraRefused.title, centred: true)
            Paragraph(words.cameraRefused.text, centred: true)
        } foot: {
            ActionButton(words.cameraRefused.openSettings, .primary, icon: .settings) {
                app.around.device.open(.camera)
            }
            ActionButton(words.cameraRefused.pairWithout, .secondary) { app.openTyped() }
        }
    }
}
