import CountersignFFI
import CountersignWords

/// What a screen says of an account, a phone, a decision or a finding.
extension Words {
    /// How an account is.
    public func sentence(of state: AccountState) -> String {
        switch state {
        case .pairing: accountState.pairing
        case .active: accountState.active
        case .removed: accountState.removed
        case .damaged: accountState.damaged
        }
    }

    /// What a server says of this phone.
    public func sentence(of standing: Standing, server: String) -> String {
        let text =
            switch standing {
            case .enrolling: self.standing.enrolling
            case .active: self.standing.active(server: server)
            case .locked: self.standing.locked(server: server)
            case .forgotten: self.standing.forgotten(server: server)
            }
        return beginning(text)
    }

    /// By whom or why a phone was removed or locked.
    public func phrase(of why: NoticeWhy) -> String {
        switch why {
        case .user: noticeWhy.user
        case .web: noticeWhy.web
        case .moved: noticeWhy.moved
        case .operator: noticeWhy.`operator`
        case .attempts: noticeWhy.attempts
        }
    }

    /// What a change whose answer was lost came to.
    public func sentence(of settled: Settled) -> String {
        switch settled {
        case .changed: self.settled.changed
        case .unchanged: self.settled.unchanged
        }
    }

    /// What was decided.
    public func word(of deed: Deed) -> String {
        switch deed {
        case .approved: self.deed.approved
        case .cancelled: self.deed.cancelled
        case .reported: self.deed.reported
        case .offlineCode: self.deed.offlineCode
        }
    }

    /// Whether it arrived.
    public func sentence(of outcome: Outcome) -> String {
        switch outcome {
        case .confirmed: self.outcome.confirmed
        case .unknown: self.outcome.unknown
        case .none: self.outcome.none
        }
    }

    /// What became of a sign-in, as its server has it.
    public func word(of state: ServerState) -> String {
        switch state {
        case .created: serverState.created
        case .pending: serverState.pending
        case .claimed: serverState.claimed
        case .approved: serverState.approved
        case .completed: serverState.completed
        case .denied: serverState.denied
        case .reported: serverState.reported
        case .failed: serverState.failed
        case .cancelled: serverState.cancelled
        case .expired: serverState.expired
        }
    }

    /// What the self-test looked at.
    public func word(of subject: Subject) -> String {
        switch subject {
        case .keyStore: self.subject.keyStore
        case .notifications: self.subject.notifications
        case .camera: self.subject.camera
        case .background: self.subject.background
        case .server: self.subject.server
        case .clock: self.subject.clock
        case .registration: self.subject.registration
        }
    }

    /// What it found.
    public func sentence(of verdict: Verdict, server: String) -> String {
        switch verdict {
        case .good: self.verdict.good
        case .softwareKeys: self.verdict.softwareKeys
        case .allow: self.verdict.allow
        case .setClock(let seconds) where seconds < 60: self.verdict.setClockSeconds(n: Int(seconds))
        case .setClock(let seconds): self.verdict.setClock(n: Int(seconds / 60))
        case .see(let problem): sentence(of: problem, server: server)
        }
    }

    /// Where an account was removed.
    public func sentence(of unlinked: Unlinked, server: String) -> String {
        switch unlinked {
        case .everywhere: self.unlinked.everywhere(server: server)
        case .onlyHere: self.unlinked.onlyHere(server: server)
        }
    }

    /// How well something protects, in a word.
    public func protection(of level: Level) -> String {
        switch level {
        case .software: self.level.software
        case .tee: self.level.tee
        case .secureEnclave: self.level.secureEnclave
        case .strongbox: self.level.strongbox
        }
    }

    /// What keeps the keys, in two words.
    public func keeper(of level: Level) -> String {
        switch level {
        case .software: phones.software
        case .tee: phones.protectedProcessor
        case .secureEnclave, .strongbox: phones.secureChip
        }
    }

    /// What a request is for.
    public func title(of kind: RequestKind) -> String {
        switch kind {
        case .login: requestKind.login
        case .sign: requestKind.sign
        }
    }

    /// How a request was refused.
    public func word(of why: DenyWhy) -> String {
        switch why {
        case .cancel: denyWhy.cancel
        case .notMe: denyWhy.notMe
        }
    }

    /// "A", "A and B", "A, B and C".
    public func listing(_ names: [String]) -> String {
        guard let last = names.last, let first = names.first, names.count > 1 else { return names.first ?? "" }
        let before = names.dropFirst().dropLast().reduce(first) { common.listedMore(first: $0, second: $1) }
        return common.listed(first: before, second: last)
    }
}

extension Languages {
    /// Words by language tag; the reference where there are none.
    public static func words(of tag: String) -> any Words {
        let own = tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
        return all.first { $0.tag == own } ?? EnWords()
    }
}
