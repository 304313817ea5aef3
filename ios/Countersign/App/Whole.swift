import CountersignFFI
import CountersignKit
import CountersignWords
import Foundation

/// Everything that lives as long as the process: a way out of the app and back in finds every flow where it was. After
/// the process died the core knows how far each is.
@MainActor
final class Whole {
    let app: AppModel
    private let notices = Notices()
    private let push: GatewayPush
    private let pushes: PushSync
    private let offMain = OffMain(awake: BackgroundTime.begin)

    init() {
        let phone = PhoneInfo.own
        let core = LateCore {
            let attest = AppAttest()
            let keys = SecureEnclaveKeyStore(
                hasBiometrics: SystemPrompt.isEnrolled,
                statement: attest.isSupported ? { try attest.statement(over: $0) } : nil
            )
            return try Authenticator.open(setup: Installation.own.setup(phone), keys: keys)
        }
        let book = PushBook(file: Installation.own.pushBook)
        let tell = Told()
        push = GatewayPush(gateway: Bundle.main.pushGateway, book: book) { tell.now() }
        pushes = PushSync(core: core, push: push, book: book)
        let device = PhoneDevice(notices: notices, calls: SystemCallWatch())
        let around = Surroundings(device: device, prompt: SystemPrompt(offMain: offMain), offMain: offMain)
        app = AppModel(core: core, around: around, choiceStore: KeptChoices())
        tell.pushes = pushes
    }

    /// The app comes to the front.
    func cameToFront() {
        let language = app.choices.language ?? Locale.preferredLanguages.first ?? ""
        notices.words = Languages.words(of: language).notifications
        notices.clear()
        Task { await notices.look() }
        sync { try $0.atStart() }
    }

    /// The person is back at the accounts: one may have come or gone.
    func accountsShown() {
        sync { try $0.afterChange() }
    }

    /// Apple gave this phone a token for pushes.
    func deviceArrived(_ token: Data) {
        push.deviceArrived(token)
        sync { try $0.atStart() }
    }

    /// What does not work out now does at the next start.
    private func sync(_ work: @escaping @Sendable (PushSync) throws -> Void) {
        Task { [pushes, offMain] in
            try? await offMain { try work(pushes) }
        }
    }
}

/// Tells servers of an address that came, from whatever thread it came on.
private final class Told: @unchecked Sendable {
    private let lock = NSLock()
    private var known: PushSync?

    var pushes: PushSync? {
        get { lock.withLock { known } }
        set { lock.withLock { known = newValue } }
    }

    func now() {
        pushes?.tell()
    }
}
