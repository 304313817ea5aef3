import CountersignFFI

/// What can be on screen; each place has one screen of the same name.
public enum Place {
    /// Accounts and waiting requests, or the welcome.
    case home(HomeModel)
    /// The camera. `moving`: the code is on an old phone.
    case scan(ScanModel, moving: Bool)
    /// Pairing without the camera.
    case typed(TypedModel)
    /// A pairing.
    case pairing(PairingModel)
    /// A scanned or tapped sign-in before its request is there.
    case claim(ClaimModel)
    /// A request.
    case request(RequestModel)
    /// A sign-in without network.
    case offline(OfflineModel)
    /// An account.
    case accountPage(AccountModel)
    /// Removing another phone.
    case removePhone(RemovePhoneModel)
    /// Unlinking this phone.
    case unlink(UnlinkModel)
    /// Another PIN.
    case pinChange(PinChangeModel)
    /// Finger or face.
    case biometrics(BiometricsModel)
    /// Why a PIN cannot be reset (A8).
    case forgottenPin(Account)
    /// Moving to a new phone, seen from this one.
    case move(MoveModel)
    /// What was decided.
    case history(HistoryModel)
    /// One of it.
    case decidedPage(DecidedModel)
    /// "It wasn't me", of a request that is over.
    case report(ReportModel)
    /// Why nothing arrives.
    case selfTest(SelfTestModel)
    /// Before the system asks about notifications: why they are wanted, once (H1).
    case notifications
    /// What the person may choose about the app.
    case settings
    /// Something did not open, and nothing else is on screen.
    case trouble(Problem)

    /// What the place mirrors, if it mirrors something.
    public var model: (any AnyFlowModel)? {
        switch self {
        case .home(let model): model
        case .scan(let model, _): model
        case .typed(let model): model
        case .pairing(let model): model
        case .claim(let model): model
        case .request(let model): model
        case .offline(let model): model
        case .accountPage(let model): model
        case .removePhone(let model): model
        case .unlink(let model): model
        case .pinChange(let model): model
        case .biometrics(let model): model
        case .move(let model): model
        case .history(let model): model
        case .decidedPage(let model): model
        case .report(let model): model
        case .selfTest(let model): model
        case .forgottenPin, .notifications, .settings, .trouble: nil
        }
    }

    /// Whether it is the first place.
    public var isHome: Bool {
        if case .home = self { true } else { false }
    }
}

/// Two places are one if they have the same model, or are pages without a model that say the same.
extension Place: Hashable {
    private enum Page: Hashable {
        case mirror(ObjectIdentifier?)
        case forgottenPin(Account)
        case notifications
        case settings
        case trouble(Problem)
    }

    /// Without `default`: a new place has to be told apart here, too.
    private var page: Page {
        switch self {
        case .home, .scan, .typed, .pairing, .claim, .request, .offline, .accountPage, .removePhone, .unlink,
            .pinChange, .biometrics, .move, .history, .decidedPage, .report, .selfTest:
            .mirror(model.map { ObjectIdentifier($0) })
        case .forgottenPin(let account): .forgottenPin(account)
        case .notifications: .notifications
        case .settings: .settings
        case .trouble(let problem): .trouble(problem)
        }
    }

    /// By the model, if there is one.
    public static func == (one: Place, other: Place) -> Bool { one.page == other.page }

    /// By the model, if there is one.
    public func hash(into hasher: inout Hasher) { hasher.combine(page) }
}
