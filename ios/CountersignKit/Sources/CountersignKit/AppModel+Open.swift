import CountersignFFI

/// The ways from one place to the next.
extension AppModel {
    /// The scanner. `moving`: for the code on an old phone.
    public func openScanner(moving: Bool = false) {
        way.go(.scan(scanner(), moving: moving))
    }

    /// The scanner, in the place of what did not lead on.
    public func scanInstead() {
        instead(.scan(scanner(), moving: false))
    }

    /// Pairing without the camera.
    public func openTyped() {
        way.go(.typed(TypedModel(core: core, around: around) { [weak self] in self?.openPairing($0) }))
    }

    /// An account.
    public func openAccount(_ account: Account) {
        let model = AccountModel(core: core, account: account, around: around)
        model.begin()
        way.go(.accountPage(model))
    }

    /// Removing another phone.
    public func openRemoval(_ account: Account, _ phone: Phone) {
        way.go(.removePhone(RemovePhoneModel(core: core, account: account, phone: phone, around: around)))
    }

    /// Unlinking this phone.
    public func openUnlink(_ account: Account, phones: Int?) {
        way.go(.unlink(UnlinkModel(core: core, account: account, phones: phones, around: around)))
    }

    /// Another PIN.
    public func openPinChange(_ account: Account) {
        let model = PinChangeModel(account: account, around: around) { [core] in try core.changePin(account: account.id)
        }
        model.begin()
        way.go(.pinChange(model))
    }

    /// Finger or face.
    public func openBiometrics(_ account: Account) {
        let model = BiometricsModel(core: core, account: account, around: around)
        model.begin()
        way.go(.biometrics(model))
    }

    /// Why a PIN cannot be reset.
    public func openForgottenPin(_ account: Account) {
        way.go(.forgottenPin(account))
    }

    /// What was decided.
    public func openHistory() {
        let model = HistoryModel(core: core, around: around)
        model.begin()
        way.go(.history(model))
    }

    /// One of it.
    public func openDecided(_ decided: Decided, _ account: Account?) {
        way.go(.decidedPage(DecidedModel(core: core, decided: decided, account: account, around: around)))
    }

    /// The sign-in that was just approved, from the history.
    public func openDecided(tid: String, _ account: Account) {
        open { [core] in
            try core.history().first { $0.tid == tid && $0.account == account.id }
        } then: { app, decided in
            if let decided { app.openDecided(decided, account) } else { app.openHistory() }
        }
    }

    /// "It wasn't me", of a request that is over.
    public func openReport(tid: String, _ account: Account) {
        let model = ReportModel(core: core, account: account, tid: tid, around: around)
        model.report()
        way.go(.report(model))
    }

    /// An account of this phone.
    public func account(_ id: AccountId) async -> Account? {
        try? await around.offMain { [core] in try core.accounts().first { $0.id == id } }
    }

    /// Why nothing arrives.
    public func openSelfTest() {
        let model = SelfTestModel(core: core, around: around)
        model.test()
        way.go(.selfTest(model))
    }

    /// What the person may choose.
    public func openSettings() {
        way.go(.settings)
    }

    /// Moves these accounts to a new phone.
    public func openMove(_ accounts: [Account]) {
        open { [core] in
            try core.bringIn(accounts: accounts.map(\.id), kind: .migrate)
        } then: { app, flow in
            let model = MoveModel(flow: flow, around: app.around)
            model.begin()
            app.way.go(.move(model))
        }
    }

    /// A request that waits.
    public func openRequest(_ request: Request) {
        guard let flow = home.open(request) else {
            home.check()
            return
        }
        openRequest(of: flow)
    }

    func openLink(_ text: String) {
        open { [core] in
            try core.openCode(text: text, entry: .system)
        } elsewhere: { app in
            app.setAside(text)
        } then: { app, scanned in
            app.opened(scanned)
        }
    }

    private func scanner() -> ScanModel {
        ScanModel(core: core, around: around) { [weak self] in self?.opened($0) }
    }

    private func opened(_ scanned: Scanned) {
        switch scanned {
        case .pairing(let flow): openPairing(flow)
        case .signIn(let flow): openClaim(flow)
        case .offline(let flow): openOffline(flow)
        }
    }

    private func openPairing(_ flow: PairingFlow) {
        let model = PairingModel(flow: flow, around: around)
        model.begin()
        instead(.pairing(model))
    }

    private func openClaim(_ flow: ClaimFlow) {
        let model = ClaimModel(flow: flow, around: around) { [weak self] in self?.openRequest(of: $0) }
        model.begin()
        instead(.claim(model))
    }

    private func openOffline(_ flow: OfflineFlow) {
        open {
            try flow.request()
        } then: { app, request in
            let model = OfflineModel(flow: flow, request: request, around: app.around)
            model.begin()
            app.instead(.offline(model))
        }
    }

    private func openRequest(of flow: any SignInFlowProtocol) {
        open {
            try flow.request()
        } then: { app, request in
            let (warn, around) = (app.choices.warnOfCalls, app.around)
            app.instead(.request(RequestModel(flow: flow, request: request, warnOfCalls: warn, around: around)))
        }
    }

    /// In the place of the scanner or of whatever led here; on top of the accounts.
    private func instead(_ place: Place) {
        if way.here.isHome { way.go(place) } else { way.replace(place) }
    }

    /// Calls the core, then goes where it says, unless the person has gone elsewhere meanwhile: nothing is replaced
    /// (3.4.4).
    private func open<Result: Sendable>(
        _ call: @escaping @Sendable () throws -> Result,
        elsewhere: @escaping @MainActor (AppModel) -> Void = { _ in },
        then: @escaping @MainActor (AppModel, Result) -> Void
    ) {
        let from = way.here
        Task {
            let next: @MainActor () -> Void
            do {
                let result = try await around.offMain(call)
                next = { then(self, result) }
            } catch {
                next = { self.instead(.trouble(error as? Problem ?? .Internal)) }
            }
            if way.here == from { next() } else { elsewhere(self) }
        }
    }
}
