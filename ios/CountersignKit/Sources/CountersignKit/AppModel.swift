import CountersignFFI
import Observation

/// The app without its screens: which place is shown, and how one leads to the next. Lives as long as the process.
///
/// What opens the places is in `AppModel+Open.swift`.
@Observable
@MainActor
public final class AppModel {
    /// Seconds after which a link that nobody opened is forgotten: what it leads to is over soon.
    private static let forgottenAfter = 60.0

    @ObservationIgnored let core: any AuthenticatorProtocol
    @ObservationIgnored let home: HomeModel
    @ObservationIgnored private let choiceStore: any ChoiceStore
    @ObservationIgnored private var isAway = false

    /// What it stands on.
    @ObservationIgnored public let around: Surroundings
    /// Where the person is.
    public let way: Way
    /// What the person has chosen.
    public private(set) var choices: Choices
    /// A link that came while something else was on screen: it replaces nothing and waits (3.4.4).
    public private(set) var aside: String?

    /// Over the core, which may open late, and what the device is.
    public init(core: any AuthenticatorProtocol, around: Surroundings, choiceStore: any ChoiceStore) {
        self.core = core
        self.around = around
        self.choiceStore = choiceStore
        choices = choiceStore.load()
        home = HomeModel(core: core, around: around)
        way = Way(.home(home))
    }

    /// Opens the first screen.
    public func start() {
        home.begin()
    }

    /// The app comes to the front: there may be requests. Where nothing but a question of the system's, or a glance at its
    /// own panels, was in between, nothing is asked.
    public func shownAgain() {
        guard isAway else { return }
        isAway = false
        if way.here.isHome { home.check() }
    }

    /// A push came while the app is in front. False if no list is on screen that looks for its request now: then the
    /// person has to be told.
    public func pushArrived() -> Bool { way.here.isHome && home.check() != nil }

    /// Another app is in front.
    public func hidden() {
        isAway = true
        for place in way.places { place.model?.hidden() }
    }

    /// A link that the system brought. Whatever is on screen stays there.
    public func linkArrived(_ text: String) {
        if way.here.isHome { openLink(text) } else { setAside(text) }
    }

    /// Opens the link that was set aside: on the person's own touch, never by itself.
    public func openAside() {
        let link = aside
        aside = nil
        if let link { openLink(link) }
    }

    /// Goes back one place; false if there is none.
    @discardableResult
    public func back() -> Bool {
        let moved = way.back()
        if moved { arrivedHome() }
        return moved
    }

    /// The system went back by itself, by its own button or a swipe: these places are left of the path.
    public func walkedBack(to path: [Place]) {
        way.path = path
        arrivedHome()
    }

    /// Ends what is on screen.
    public func done() {
        way.home()
        arrivedHome()
    }

    /// A phone is paired: the first time, notifications are asked about where they are off.
    public func paired() {
        let off = around.device.permissions().notifications == false
        if off, !choices.askedForNotifications {
            way.replace(.notifications)
        } else {
            done()
        }
    }

    /// The person answered the question about notifications; the system's own comes now if they want them.
    public func answerNotifications(wanted: Bool) {
        var asked = choices
        asked.askedForNotifications = true
        choose(asked)
        if wanted { around.device.open(.notifications) }
        done()
    }

    /// Keeps what the person has chosen.
    public func choose(_ choices: Choices) {
        self.choices = choices
        choiceStore.save(choices)
    }

    /// The first link wins.
    func setAside(_ text: String) {
        if aside != nil { return }
        aside = text
        Task { [weak self, clock = around.clock] in
            try? await clock.sleep(Self.forgottenAfter)
            if self?.aside == text { self?.aside = nil }
        }
    }

    private func arrivedHome() {
        if way.here.isHome { home.begin() }
    }
}
