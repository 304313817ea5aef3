import SwiftUI

/// What leads away from a page, in its bar.
struct BarAction: Identifiable {
    let icon: Icon
    let spoken: String
    let action: @MainActor () -> Void

    var id: String { spoken }
}

/// The bar of a page: the way back, a short title, time left, what else leads away.
struct Bar {
    /// The way back.
    enum Back {
        /// The system's own, with its swipe: to the place before.
        case system
        /// There is none: an end that is left by its button.
        case none
        /// A step within the page: nothing of the place is left behind.
        case step(@MainActor () -> Void)
        /// The cross: out of something that is not finished.
        case close(@MainActor () -> Void)
    }

    /// In the middle of the bar.
    var title: String?
    /// What the way back to here is called, where the title stands in the page.
    var name: String?
    var back = Back.system
    /// What is left of a time limit.
    var seconds: Int?
    var actions: [BarAction] = []

    init(
        _ title: String? = nil,
        name: String? = nil,
        back: Back = .system,
        seconds: Int? = nil,
        actions: [BarAction] = []
    ) {
        self.title = title
        self.name = name
        self.back = back
        self.seconds = seconds
        self.actions = actions
    }
}

/// A screen: bar, body that scrolls, answers at the foot. In large type the answers stand at the end of the body, so
/// that nothing is cut and nothing covers what is being read.
struct Page<Content: View, Foot: View>: View {
    private let bar: Bar
    private let centred: Bool
    private let content: Content
    private let foot: Foot
    @Environment(\.dynamicTypeSize) private var typeSize

    init(_ bar: Bar, centred: Bool = false, @ViewBuilder content: () -> Content, @ViewBuilder foot: () -> Foot) {
        self.bar = bar
        self.centred = centred
        self.content = content()
        self.foot = foot()
    }

    var body: some View {
        VStack(spacing: 0) {
            GeometryReader { room in
                ScrollView {
                    words.frame(minHeight: room.size.height, alignment: centred ? .center : .top)
                }
            }
            if !typeSize.stacks { answers.padding(.horizontal, Tokens.Size.margin) }
        }
        .background(Color.cs.bg)
        .modifier(PageBar(bar: bar))
    }

    private var words: some View {
        VStack(alignment: centred ? .center : .leading, spacing: Tokens.Space.s16) {
            content
            if typeSize.stacks { answers }
        }
        .frame(maxWidth: .infinity, alignment: centred ? .center : .leading)
        .padding(.horizontal, Tokens.Size.margin)
        .padding(.vertical, 4)
    }

    private var answers: some View {
        VStack(spacing: Tokens.Space.s8) { foot }
            .padding(.top, Foot.self == EmptyView.self ? 0 : Tokens.Space.s12)
            .padding(.bottom, Tokens.Space.s16)
    }
}

extension Page where Foot == EmptyView {
    init(_ bar: Bar, centred: Bool = false, @ViewBuilder content: () -> Content) {
        self.init(bar, centred: centred, content: content, foot: { EmptyView() })
    }
}

private struct PageBar: ViewModifier {
    let bar: Bar
    @Environment(\.words) private var words

    func body(content: Content) -> some View {
        content
            .navigationTitle(bar.title ?? bar.name ?? "")
            .navigationBarTitleDisplayMode(.inline)
            .navigationBarBackButtonHidden(hidesSystemBack)
            .toolbar {
                ToolbarItem(placement: .topBarLeading) { wayBack }
                ToolbarItem(placement: .principal) { title }
                ToolbarItemGroup(placement: .topBarTrailing) {
                    if let seconds = bar.seconds { TimeChip(seconds: seconds) }
                    ForEach(bar.actions) { action in IconButton(action.icon, action.spoken, action: action.action) }
                }
            }
    }

    private var hidesSystemBack: Bool {
        if case .system = bar.back { false } else { true }
    }

    @ViewBuilder
    private var wayBack: some View {
        switch bar.back {
        case .system, .none: EmptyView()
        case .step(let step): IconButton(.arrowBack, words.common.back, action: step)
        case .close(let close): Button(words.common.close, action: close).tint(Color.cs.primary)
        }
    }

    @ViewBuilder
    private var title: some View {
        if let title = bar.title {
            Text(title).font(.cs.heading).foregroundStyle(Color.cs.text).lineLimit(1)
        } else {
            EmptyView()
        }
    }
}

/// A button that is an icon alone, with its word spoken.
struct IconButton: View {
    let icon: Icon
    let spoken: String
    let action: @MainActor () -> Void

    init(_ icon: Icon, _ spoken: String, action: @escaping @MainActor () -> Void) {
        self.icon = icon
        self.spoken = spoken
        self.action = action
    }

    var body: some View {
        Button(action: action) {
            Sign(icon, Color.cs.primary).frame(minWidth: Tokens.Size.target, minHeight: Tokens.Size.target)
        }
        .accessibilityLabel(spoken)
    }
}
