import CountersignKit
import SwiftUI

/// What is left of `total` seconds, counted from `since` (by `ShellClock.elapsed`), in whole seconds, down to zero.
struct Countdown<Content: View>: View {
    private let end: Duration
    private let content: (Int) -> Content
    @Environment(\.clock) private var clock
    @State private var now = Duration.zero

    init(_ total: TimeInterval, since: Duration, @ViewBuilder content: @escaping (Int) -> Content) {
        end = since + .milliseconds(Int64(total * 1000))
        self.content = content
    }

    var body: some View {
        content(seconds(end - max(now, clock.elapsed())))
            .task(id: end) { await count() }
    }

    private func count() async {
        now = clock.elapsed()
        while now < end, !Task.isCancelled {
            try? await clock.sleep(untilNextSecond(end - now))
            now = clock.elapsed()
        }
    }

    private func seconds(_ left: Duration) -> Int {
        let whole = left.components
        return max(0, Int(whole.seconds) + (whole.attoseconds > 0 ? 1 : 0))
    }

    private func untilNextSecond(_ left: Duration) -> TimeInterval {
        let part = Double(left.components.attoseconds) / 1e18
        return part > 0.001 ? part : 1
    }
}

/// "2:41", beside its sign; spoken in full, and by itself at 60, 30 and 10 seconds.
struct TimeChip: View {
    let seconds: Int
    @Environment(\.words) private var words

    var body: some View {
        Chip(minutesAndSeconds(seconds), .timer)
            .accessibilityElement(children: .ignore)
            .accessibilityLabel(words.spokenLeft(seconds))
            .announcing(seconds)
    }
}

/// A ring that shrinks; an image, since the words beside it carry the meaning.
struct Ring<Inside: View>: View {
    private let seconds: Int
    private let total: TimeInterval
    private let size: CGFloat
    private let warns: Bool
    private let inside: Inside
    @Environment(\.accessibilityReduceMotion) private var reducesMotion

    init(
        _ seconds: Int,
        of total: TimeInterval,
        size: CGFloat,
        warns: Bool = false,
        @ViewBuilder inside: () -> Inside
    ) {
        self.seconds = seconds
        self.total = total
        self.size = size
        self.warns = warns
        self.inside = inside()
    }

    var body: some View {
        ZStack {
            Circle().strokeBorder(Color.cs.surface3, lineWidth: wide)
            Circle()
                .inset(by: wide / 2)
                .trim(from: 0, to: share)
                .stroke(
                    warns ? Color.cs.warning : Color.cs.primary,
                    style: StrokeStyle(lineWidth: wide, lineCap: .round)
                )
                .rotationEffect(.degrees(-90))
            inside
        }
        .frame(width: size, height: size)
        .accessibilityHidden(true)
    }

    private var wide: CGFloat { size * 0.07 }

    /// With "reduce motion" it steps every ten seconds.
    private var share: CGFloat {
        if total <= 0 { return 0 }
        let shown = reducesMotion ? (seconds + 9) / 10 * 10 : seconds
        return min(1, max(0, CGFloat(shown) / CGFloat(total)))
    }
}

extension Ring where Inside == EmptyView {
    init(_ seconds: Int, of total: TimeInterval, size: CGFloat) {
        self.init(seconds, of: total, size: size, inside: { EmptyView() })
    }
}

/// A ring with "3:36 left" beside it.
struct TimeLeft: View {
    let seconds: Int
    let total: TimeInterval
    @Environment(\.words) private var words

    var body: some View {
        HStack(spacing: 12) {
            Ring(seconds, of: total, size: Tokens.Size.ring)
            Text(words.time.left(time: minutesAndSeconds(seconds)))
                .font(.cs.digits)
                .foregroundStyle(Color.cs.text2)
        }
        .frame(maxWidth: .infinity)
        .accessibilityElement(children: .ignore)
        .accessibilityLabel(words.spokenLeft(seconds))
        .announcing(seconds)
    }
}

extension View {
    /// Says how much is left, politely, at 60, 30 and 10 seconds; silent else (look.md 4).
    func announcing(_ seconds: Int) -> some View {
        modifier(Announcing(seconds: seconds))
    }
}

private struct Announcing: ViewModifier {
    let seconds: Int
    @Environment(\.words) private var words

    func body(content: Content) -> some View {
        content.onChange(of: mark) {
            if let mark { Speech.politely(mark) }
        }
    }

    private var mark: String? {
        switch seconds {
        case 31...60: words.time.say60
        case 11...30: words.time.say30
        case 1...10: words.time.say10
        case 0: words.time.ranOut
        default: nil
        }
    }
}
