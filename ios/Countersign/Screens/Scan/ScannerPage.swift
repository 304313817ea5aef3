import CountersignKit
import SwiftUI

/// The camera's picture, and what else leads on. Dark by day too.
struct ScannerPage: View {
    let app: AppModel
    let model: ScanModel
    let moving: Bool
    /// Whether the person has said yes or no: a camera that is opened before stays black.
    let isAsked: Bool
    @Environment(\.words) private var words
    @Environment(\.viewfinder) private var viewfinder
    @State private var hasLight = false
    @State private var hadNothingToPaste = false

    var body: some View {
        ZStack {
            if isAsked { viewfinder.picture(model, hasLight).ignoresSafeArea() }
            ScrollView {
                VStack(spacing: Tokens.Space.s16) {
                    remark(hint)
                    Corners(spoken: words.spoken.cameraLooking)
                    if hadNothingToPaste { remark(words.scanner.nothingToPaste) }
                    ways
                    ActionButton(words.scanner.cannotScan, .secondary, icon: .help) { app.openTyped() }
                }
                .padding(Tokens.Size.margin)
                .frame(maxWidth: .infinity)
            }
        }
        .background(Night.ground)
        .navigationTitle(words.scanner.title)
        .navigationBarTitleDisplayMode(.inline)
        .navigationBarBackButtonHidden(true)
        .toolbar {
            ToolbarItem(placement: .topBarLeading) {
                Button(words.common.close) { app.back() }.tint(Color.white)
            }
        }
        .toolbarColorScheme(.dark, for: .navigationBar)
        .environment(\.colorScheme, .dark)
    }

    private var hint: String {
        if model.shown.busy { return words.scanner.opening }
        return moving ? words.scanner.textMove : words.scanner.text
    }

    private func remark(_ text: String) -> some View {
        Text(text)
            .font(.cs.body)
            .foregroundStyle(Color.white)
            .multilineTextAlignment(.center)
            .padding(8)
            .background(Night.deep.opacity(0.6), in: RoundedRectangle(cornerRadius: Tokens.Radius.s))
            .said(text, .politely)
    }

    private var ways: some View {
        ViewThatFits {
            HStack(alignment: .top, spacing: Tokens.Space.s24) { buttons }
            VStack(spacing: Tokens.Space.s16) { buttons }
        }
    }

    @ViewBuilder
    private var buttons: some View {
        RoundButton(.flashlightOn, words.scanner.light, spoken: hasLight ? words.spoken.lightOn : words.spoken.lightOff)
        {
            hasLight.toggle()
        }
        RoundButton(.contentPaste, words.scanner.pasteLink) { hadNothingToPaste = model.paste() == nil }
        RoundButton(.keyboard, words.scanner.typeCode) { app.openTyped() }
    }
}

/// The scanner's own colours: the camera's picture has no day and night.
private enum Night {
    static let ground = Color(red: 0x17 / 255, green: 0x1D / 255, blue: 0x1D / 255)
    static let deep = Color(red: 0x0A / 255, green: 0x10 / 255, blue: 0x11 / 255)
}

private struct RoundButton: View {
    let icon: Icon
    let label: String
    let spoken: String
    let action: @MainActor () -> Void

    init(_ icon: Icon, _ label: String, spoken: String? = nil, action: @escaping @MainActor () -> Void) {
        self.icon = icon
        self.label = label
        self.spoken = spoken ?? label
        self.action = action
    }

    var body: some View {
        Button(action: action) {
            VStack(spacing: 6) {
                Sign(icon, .white)
                    .padding(18)
                    .background(Night.deep, in: Circle())
                    .overlay(Circle().strokeBorder(Color.white, lineWidth: Tokens.Size.border))
                Text(label).font(.cs.smallBold).foregroundStyle(Color.white)
            }
            .frame(minWidth: 88)
        }
        .buttonStyle(.plain)
        .accessibilityLabel(spoken)
    }
}

/// Four corners around the place for the code.
private struct Corners: View {
    let spoken: String

    var body: some View {
        CornerShape()
            .stroke(Color.white, style: StrokeStyle(lineWidth: 5, lineCap: .round))
            .frame(width: 220, height: 220)
            .padding(.vertical, Tokens.Space.s32)
            .accessibilityElement(children: .ignore)
            .accessibilityLabel(spoken)
    }
}

private struct CornerShape: Shape {
    nonisolated func path(in room: CGRect) -> Path {
        let arm: CGFloat = 44
        var path = Path()
        for x in [room.minX, room.maxX] {
            for y in [room.minY, room.maxY] {
                path.move(to: CGPoint(x: x == room.minX ? x + arm : x - arm, y: y))
                path.addLine(to: CGPoint(x: x, y: y))
                path.addLine(to: CGPoint(x: x, y: y == room.minY ? y + arm : y - arm))
            }
        }
        return path
    }
}
