import CountersignFFI
import CountersignKit
import CountersignWords

/// How much a finding matters; the order is that of the page.
enum Weight: Int, Comparable {
    /// Nothing arrives, or nothing can be approved.
    case wrong
    /// It works, but not well.
    case care
    /// Worth knowing.
    case know
    /// In order.
    case good

    static func < (one: Weight, other: Weight) -> Bool { one.rawValue < other.rawValue }

    /// Whether the person shall do something.
    var needsAttention: Bool { self == .wrong || self == .care }
}

/// What mends it.
enum Remedy {
    /// A page of the system.
    case page(String, SystemPage)
    /// The account's own page says more.
    case look(String, Account)
}

/// A finding in words.
struct Line {
    let weight: Weight
    let title: String
    let hint: String?
    var remedy: Remedy?

    init(_ weight: Weight, _ title: String, _ hint: String?, _ remedy: Remedy? = nil) {
        self.weight = weight
        self.title = title
        self.hint = hint
        self.remedy = remedy
    }
}

extension Words {
    /// What was found, in words, with what mends it.
    func line(of finding: Finding, all: [Finding]) -> Line {
        let server = server(finding.account)
        switch finding.verdict {
        case .good:
            return good(finding.subject, beginning(server), all.lazy.compactMap { $0.account?.label?.level }.first)
        case .softwareKeys: return Line(.know, selfTest.keyStore, selfTest.keyStoreSoftware)
        case .allow: return off(finding.subject)
        case .setClock(let offBy): return clockWrong(Int(offBy))
        case .see(let problem): return seen(finding, beginning(server), sentence(of: problem, server: server))
        }
    }

    private func good(_ of: Subject, _ server: String, _ level: Level?) -> Line {
        switch of {
        case .keyStore: Line(.good, selfTest.keyStore, level.map { keysIn($0) } ?? verdict.good)
        case .notifications: Line(.good, selfTest.notifications, selfTest.allowed)
        case .camera: Line(.good, selfTest.camera, selfTest.allowed)
        case .background: Line(.good, selfTest.background, verdict.good)
        case .server: Line(.good, selfTest.answers(server: server), selfTest.answersOk)
        case .clock: Line(.good, selfTest.clock, verdict.good)
        case .registration: Line(.good, standing.active(server: server), nil)
        }
    }

    private func off(_ of: Subject) -> Line {
        let test = selfTest
        switch of {
        case .notifications:
            return Line(.wrong, test.notificationsOff, test.notificationsOffText, .page(test.turnOn, .notifications))
        case .camera: return Line(.care, test.cameraOff, test.cameraOffText, .page(test.allow, .camera))
        case .background: return Line(.care, test.backgroundOff, test.backgroundOffText, .page(test.exempt, .battery))
        case .keyStore: return Line(.wrong, test.keyStore, verdict.allow)
        case .server: return Line(.wrong, subject.server, verdict.allow)
        case .clock: return Line(.wrong, test.clock, verdict.allow)
        case .registration: return Line(.wrong, test.registration, verdict.allow)
        }
    }

    private func clockWrong(_ seconds: Int) -> Line {
        let minutes = seconds / 60
        let hint = minutes == 0 ? verdict.setClockSeconds(n: seconds) : selfTest.clockOff(n: minutes)
        return Line(.care, selfTest.clockWrong, hint, .page(selfTest.setClock, .dateAndTime))
    }

    private func seen(_ finding: Finding, _ server: String, _ sentence: String) -> Line {
        let title =
            switch finding.subject {
            case .keyStore: selfTest.keyStore
            case .notifications: selfTest.notifications
            case .camera: selfTest.camera
            case .background: selfTest.background
            case .server: selfTest.answersNot(server: server)
            case .clock: selfTest.clock
            case .registration: server
            }
        return Line(.wrong, title, sentence, finding.account.map { .look(selfTest.see, $0) })
    }
}
