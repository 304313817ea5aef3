import CountersignKit
import SwiftUI

private struct RemindKey: EnvironmentKey {
    static let defaultValue: @MainActor @Sendable (Date) async -> Bool = { _ in false }
}

private struct LockedKey: EnvironmentKey {
    static let defaultValue = false
}

extension EnvironmentValues {
    /// Tells the person at a moment that a PIN may be typed again; false if they do not let it.
    var remind: @MainActor @Sendable (Date) async -> Bool {
        get { self[RemindKey.self] }
        set { self[RemindKey.self] = newValue }
    }

    /// Whether the page says that the phone is locked for a while: the way round is an answer of its own there.
    var isLocked: Bool {
        get { self[LockedKey.self] }
        set { self[LockedKey.self] = newValue }
    }
}

/// A wait between two PINs: who guesses is slowed down, and the person is told until when.
struct PausePage<Foot: View>: View {
    /// From here on a wait is called a lock, and the clock time is said.
    private static var lock: TimeInterval { 120 }

    let bar: Bar
    let answer: PinAnswer
    let seconds: Int
    let server: String
    var hint: String?
    @ViewBuilder let foot: () -> Foot
    @Environment(\.words) private var words

    var body: some View {
        if answer.retryIn >= Self.lock {
            LockedForAWhilePage(bar: bar, answer: answer, seconds: seconds, server: server, foot: foot)
        } else {
            pause
        }
    }

    private var pause: some View {
        Page(bar) {
            VStack(spacing: Tokens.Space.s12) {
                Title(left.map { words.pin.triesLeft(n: $0) } ?? words.pin.pauseTitle, centred: true)
                Paragraph(left == nil ? words.pin.pauseTextOther : words.pin.pauseText, centred: true)
                PenaltyRing(
                    seconds: seconds,
                    total: answer.retryIn,
                    size: Tokens.Size.ringLarge,
                    spoken: words.spoken.retryInSeconds(n: seconds)
                )
                Hint(hint ?? words.pin.pauseHintNoSignIn, centred: true)
            }
            .frame(maxWidth: .infinity)
        } foot: {
            Keypad(keys: Keys(digit: { _ in }, delete: {}, ok: {}), tight: true).disabled(true)
            foot()
        }
    }

    private var left: Int? { answer.wrong ? answer.left.map { Int($0) } : nil }
}

private struct LockedForAWhilePage<Foot: View>: View {
    let bar: Bar
    let answer: PinAnswer
    let seconds: Int
    let server: String
    @ViewBuilder let foot: () -> Foot
    @Environment(\.words) private var words
    @Environment(\.clock) private var clock
    @Environment(\.remind) private var remind
    @State private var until: Date?
    @State private var willBeTold = false

    var body: some View {
        Page(bar, centred: true) {
            PenaltyRing(
                seconds: seconds,
                total: answer.retryIn,
                size: Tokens.Size.ringLock,
                spoken: words.spoken.lockedForMinutes(n: (seconds + 59) / 60)
            )
            Title(words.locked.title(time: time), centred: true, said: .atOnce).accessibilitySortPriority(1)
            text
            Banner(.info, words.locked.unsureTitle, words.locked.unsureText)
        } foot: {
            ActionButton(
                willBeTold ? words.locked.willTell(time: time) : words.locked.tellMe(time: time),
                .primary,
                icon: willBeTold ? .check : .notifications
            ) {
                Task { willBeTold = await remind(moment) }
            }
            .disabled(willBeTold)
            foot().environment(\.isLocked, true)
        }
        .onAppear { until = moment }
    }

    @ViewBuilder
    private var text: some View {
        if let left = answer.left, answer.wrong {
            let tries = words.locked.tries(n: Int(left))
            Paragraph(words.locked.text(tries: tries, server: server), strong: [tries], centred: true)
        } else {
            Paragraph(words.locked.textUnknown, centred: true)
        }
    }

    private var moment: Date { until ?? clock.now().addingTimeInterval(TimeInterval(seconds)) }
    private var time: String { words.times.clock(moment) }
}

/// Ring and time grow together, so that one never runs into the other.
private struct PenaltyRing: View {
    let seconds: Int
    let total: TimeInterval
    let spoken: String
    @ScaledMetric private var size: CGFloat
    private let least: CGFloat

    init(seconds: Int, total: TimeInterval, size: CGFloat, spoken: String) {
        self.seconds = seconds
        self.total = total
        self.spoken = spoken
        least = size
        _size = ScaledMetric(wrappedValue: size, relativeTo: .title2)
    }

    var body: some View {
        Ring(seconds, of: total, size: wide, warns: true) {
            Text(minutesAndSeconds(seconds))
                .font(.system(size: wide * 0.21, weight: .semibold).monospacedDigit())
                .foregroundStyle(Color.cs.text)
        }
        .accessibilityElement(children: .ignore)
        .accessibilityLabel(spoken)
        .announcing(seconds)
    }

    private var wide: CGFloat { min(size, least * 1.5) }
}
