import CountersignFFI
import Testing

@testable import CountersignKit

@MainActor @Suite struct WayTests {
    private final class Seen: FlowModel<Int> {
        private(set) var told: [String] = []

        init() { super.init(around: CountersignKitTests.around()) }

        override func left() {
            super.left()
            told.append("left")
        }

        override func hidden() { told.append("hidden") }
    }

    @Test func theFirstPlaceIsNeverLeft() {
        let way = Way(.settings)
        #expect(!way.back())
        way.replace(.notifications)
        #expect(way.places == [.settings, .notifications])
        way.replace(.trouble(.Internal))
        #expect(way.places == [.settings, .trouble(.Internal)])
        #expect(way.back())
        #expect(way.here == .settings)
    }

    @Test func theSystemsOwnWayBackLeavesWhatWasPassed() {
        let way = Way(.settings)
        way.go(.notifications)
        way.go(.trouble(.BadQr))
        #expect(way.path == [.notifications, .trouble(.BadQr)])
        way.path = [.notifications]
        #expect(way.places == [.settings, .notifications])
    }

    @Test func pagesWithoutAModelAreToldApartByWhatTheySay() {
        let account = Account(id: 1, label: nil, state: .active)
        let other = Account(id: 2, label: nil, state: .active)
        let places: [Place] = [
            .notifications, .settings, .forgottenPin(account), .forgottenPin(other), .trouble(.Internal),
            .trouble(.BadQr),
        ]
        #expect(Set(places).count == places.count)
    }

    @Test func whatIsLeftIsToldSoOnce() throws {
        let phone = try LabPhone()
        let app = app(on: phone)
        app.openTyped()
        guard case .typed(let typed) = app.way.here else { throw LabFault("not typed") }
        app.openScanner()
        #expect(app.way.places.count == 3)
        #expect(app.way.places.contains(.typed(typed)))
        app.done()
        #expect(app.way.here.isHome)
        #expect(!app.back())
    }

    @Test func aQuestionAboutNotificationsComesOnce() throws {
        let device = LabDevice()
        device.allowed = Permissions(notifications: false, camera: true, background: nil)
        let app = app(on: try LabPhone(), device: device)
        app.openTyped()
        app.paired()
        #expect(app.way.here == .notifications)
        app.answerNotifications(wanted: true)
        #expect(device.opened == [.notifications])
        #expect(app.choices.askedForNotifications)
        app.openTyped()
        app.paired()
        #expect(app.way.here.isHome)
    }
}
