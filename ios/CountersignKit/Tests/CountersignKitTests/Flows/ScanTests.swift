import CountersignFFI
import Foundation
import Testing

@testable import CountersignKit

extension Flows {
    /// What the scanner reads and what the system brings are told apart, and each leads where it may.
    @MainActor @Suite struct ScanTests {
        @Test func aFrameOnAScreenIsScannedAndApprovedWithThePinAlone() async throws {
            try await withPaired { lab in
                let app = app(on: lab.phone)
                let tid = try await lab.server.qrSignIn()
                let frame = try LabFrame(showing: try await lab.server.frame(tid))
                app.openScanner()
                guard case .scan(let scanner, moving: false) = app.way.here else { throw LabFault("no scanner") }
                await Task.detached { scanner.frame(frame.luma, frame.size) }.value
                let request = try await request(in: app)
                #expect(!request.request.terms.needsNumber)
                #expect(request.request.arrival == .scan)
                #expect(app.way.places.count == 2)
                #expect(request.approve())
                request.pad.type(Paired.pin)
                await request.submit()?.value
                #expect(request.isApproved)
                let told = try await lab.server.state(of: tid)
                #expect(told == "approved")
            }
        }

        @Test func aFrameThatTheSystemBringsHasToBeScanned() async throws {
            try await withPaired { lab in
                let app = app(on: lab.phone)
                try await eventually { !app.home.shown.busy && app.home.shown.state?.checkedAt != nil }
                let tid = try await lab.server.qrSignIn()
                app.linkArrived(try await lab.server.frame(tid))
                try await eventually { app.way.here == .trouble(.ScanRequired) }
                let told = try await lab.server.state(of: tid)
                #expect(told == "created")
            }
        }

        @Test func aTappedLinkOpensItsRequest() async throws {
            try await withPaired { lab in
                let app = app(on: lab.phone)
                let (_, link) = try await lab.server.linkSignIn(lab.account)
                app.linkArrived(link)
                let request = try await request(in: app)
                #expect(request.request.arrival == .link)
                request.pad.type(Paired.pin)
                await request.submit()?.value
                guard case .approved(_, _, let back?) = request.shown.state else { throw LabFault("\(request.shown)") }
                #expect(back.hasPrefix("\(LabServer.origin)/back?rc="))
            }
        }

        @Test func aTappedLinkFromTheScannerIsRefused() async throws {
            try await withPaired { lab in
                let app = app(on: lab.phone)
                let (tid, link) = try await lab.server.linkSignIn(lab.account)
                let frame = try LabFrame(showing: link)
                app.openScanner()
                guard case .scan(let scanner, _) = app.way.here else { throw LabFault("no scanner") }
                scanner.picture(frame.luma, frame.size)
                try await eventually { scanner.shown.problem == .EntryNotAllowed }
                let told = try await lab.server.state(of: tid)
                #expect(told == "created")
            }
        }

        @Test func aLinkThatComesWhileARequestIsOnScreenReplacesNothing() async throws {
            try await withPaired { lab in
                let app = app(on: lab.phone)
                let (_, first) = try await lab.server.linkSignIn(lab.account)
                app.linkArrived(first)
                let request = try await request(in: app)
                app.linkArrived("https://elsewhere.example/a/l#second")
                app.linkArrived("https://elsewhere.example/a/l#third")
                #expect(app.way.here == .request(request))
                #expect(app.aside == "https://elsewhere.example/a/l#second")
                app.done()
                app.openAside()
                #expect(app.aside == nil)
                try await eventually { app.way.here == .trouble(.BadQr) || app.way.here == .trouble(.UnknownService) }
            }
        }

        @Test func aLinkThatCameBeforeTheFirstAccountWaitsOnTheWelcome() async throws {
            try await withServer { server in
                let app = app(on: try LabPhone())
                app.openTyped()
                let link = try await server.enrol(try await server.addAccount("anna@example.eu"), here: true).link
                app.linkArrived(link)
                #expect(app.aside == link)
                app.back()
                try await eventually { app.home.shown.state?.accounts.isEmpty == true }
                #expect(app.aside == link)
                app.openAside()
                try await eventually { if case .pairing = app.way.here { true } else { false } }
                #expect(app.aside == nil)
            }
        }

        @Test func aCodeThatIsNotOursIsSaidOnceAndScanningGoesOnWhenItWasRead() async throws {
            let app = app(on: try LabPhone())
            let frame = try LabFrame(showing: "a code of somebody else")
            app.openScanner()
            guard case .scan(let scanner, _) = app.way.here else { throw LabFault("no scanner") }
            scanner.frame(frame.luma, frame.size)
            try await eventually { scanner.shown.problem == .BadQr }
            scanner.frame(frame.luma, frame.size)
            scanner.again()
            #expect(scanner.shown.problem == nil)
            scanner.frame(frame.luma, frame.size)
            try await eventually { scanner.shown.problem == .BadQr }
        }

        private func request(in app: AppModel) async throws -> RequestModel {
            try await eventually { if case .request = app.way.here { true } else { false } }
            guard case .request(let model) = app.way.here else { throw LabFault("no request") }
            return model
        }
    }
}
