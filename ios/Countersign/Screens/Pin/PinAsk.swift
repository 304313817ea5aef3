import CountersignFFI
import CountersignKit
import CountersignWords
import Foundation

/// What a PIN is asked for, and what is to be said about it.
struct PinAsk {
    let title: String
    var purpose: String?
    /// Parts of `purpose` in bold.
    var strong: [String] = []
    var hint: String?
    var error: String?
    var busy = false
    /// What every server asks for at least; a flow may say more.
    var minDigits = 4
}

/// What is known of the PIN typed last: whether it was wrong, and from when on the next one may be typed.
struct PinAnswer {
    let wrong: Bool
    let left: UInt32?
    let retryIn: TimeInterval
    /// When the answer came, by the clock that never goes back.
    let since: Duration

    /// A wrong one.
    static func wrong(_ left: UInt32?, _ retryIn: TimeInterval, _ since: Duration) -> PinAnswer {
        PinAnswer(wrong: true, left: left, retryIn: retryIn, since: since)
    }

    /// A wait, whatever came before.
    static func wait(_ retryIn: TimeInterval, _ since: Duration) -> PinAnswer {
        PinAnswer(wrong: false, left: nil, retryIn: retryIn, since: since)
    }
}

extension Words {
    /// What stands under the dots: why the call did not go on, or that the PIN was wrong.
    func pinError(_ problem: Problem?, _ answer: PinAnswer?, _ server: String) -> String? {
        if let problem { return sentence(of: problem, server: server) }
        guard let answer, answer.wrong else { return nil }
        return notRight(answer.left)
    }

    /// That the PIN was wrong, and how often it may be.
    func notRight(_ left: UInt32?) -> String {
        left.map { pin.notRightLeft(n: Int($0)) } ?? pin.notRight
    }
}

extension Problem {
    /// Whether the page of the PIN itself tells it.
    var concernsPin: Bool {
        switch self {
        case .PinMismatch, .PinRejected, .PinIncomplete: true
        default: false
        }
    }
}
