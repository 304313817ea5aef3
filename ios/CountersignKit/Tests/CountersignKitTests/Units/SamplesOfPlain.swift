import CountersignFFI
import CountersignWords

@testable import CountersignKit

extension Samples {
    static let plain: [Samples] = [
        Samples([.pairing(code: nil), .active, .removed(why: .operator, at: 90), .damaged] as [AccountState]) {
            words,
            value,
            _ in words.sentence(of: value)
        },
        Samples([.approved, .cancelled, .reported, .offlineCode] as [Deed]) { words, value, _ in words.word(of: value)
        },
        Samples([.cancel, .notMe] as [DenyWhy]) { words, value, _ in words.word(of: value) },
        Samples([.software, .tee, .secureEnclave, .strongbox] as [Level]) { words, value, _ in
            words.protection(of: value)
        },
        Samples([.user, .web, .moved, .operator, .attempts] as [NoticeWhy]) { words, value, _ in words.phrase(of: value)
        },
        Samples([.confirmed, .unknown, .none] as [Outcome]) { words, value, _ in words.sentence(of: value) },
        Samples([.login, .sign] as [RequestKind]) { words, value, _ in words.title(of: value) },
        Samples(
            [.created, .pending, .claimed, .approved, .completed, .denied, .reported, .failed, .cancelled, .expired]
                as [ServerState]
        ) { words, value, _ in words.word(of: value) },
        Samples([.changed, .unchanged] as [Settled]) { words, value, _ in words.sentence(of: value) },
        Samples([.enrolling, .active, .locked, .forgotten] as [Standing]) { $0.sentence(of: $1, server: $2) },
        Samples([.keyStore, .notifications, .camera, .background, .server, .clock, .registration] as [Subject]) {
            words,
            value,
            _ in words.word(of: value)
        },
        Samples([.everywhere, .onlyHere] as [Unlinked]) { $0.sentence(of: $1, server: $2) },
        Samples([.good, .softwareKeys, .allow, .setClock(offBy: 90), .see(problem: .Internal)] as [Verdict]) {
            $0.sentence(of: $1, server: $2)
        },
    ]
}
