import CountersignFFI
import Foundation
import Testing

@testable import CountersignKit

@Suite struct PushTests {
    private let file = FileManager.default.temporaryDirectory.appending(path: "push-\(UUID().uuidString)")

    @Test func anAddressIsToldOnceAndOutlivesTheProcess() {
        let book = PushBook(file: file)
        let token = book.token(1)
        #expect(book.token(1) == token)
        #expect(book.token(2) != token)
        #expect(book.account(of: token) == 1)
        #expect(book.untold().isEmpty)
        #expect(book.arrived(token, "https://push.example.eu/1"))
        #expect(PushBook(file: file).untold() == [1: "https://push.example.eu/1"])
        book.told(1, "https://push.example.eu/older")
        #expect(book.untold().count == 1)
        book.told(1, "https://push.example.eu/1")
        #expect(book.untold().isEmpty)
    }

    @Test func whoeverKnowsNoTokenIsNotHeard() {
        let book = PushBook(file: file)
        let token = book.token(1)
        #expect(!book.arrived("a guess", "https://push.example.eu/1"))
        #expect(!book.gone("a guess"))
        #expect(!book.arrived(token, "https://push.example.eu/\n"))
        #expect(!book.arrived(token, ""))
        #expect(book.untold().isEmpty)
    }

    @Test func anAddressThatIsGoneIsTakenBackAndItsTokenMeansNothing() {
        let book = PushBook(file: file)
        let token = book.token(1)
        book.arrived(token, "https://push.example.eu/1")
        book.told(1, "https://push.example.eu/1")
        #expect(book.failed(token))
        #expect(book.token(1) == token)
        #expect(book.gone(token))
        #expect(book.token(1) != token)
        #expect(book.untold() == [1: nil])
    }

    @Test func theTokenOfAnAccountThatIsGoneIsKeptUntilTheGatewayLetsGoOfIt() {
        let book = PushBook(file: file)
        let token = book.token(1)
        book.arrived(token, "https://push.example.eu/1")
        book.forget(1)
        #expect(book.accounts().isEmpty)
        #expect(book.untold().isEmpty)
        #expect(!book.arrived(token, "https://push.example.eu/1"))
        #expect(PushBook(file: file).givenUp() == [token])
        book.released(token)
        #expect(PushBook(file: file).givenUp().isEmpty)
    }

    @Test func aFileThatIsNoBookIsAnEmptyOne() throws {
        try Data("what is this".utf8).write(to: file)
        #expect(PushBook(file: file).accounts().isEmpty)
    }
}

extension Flows {
    @MainActor @Suite struct PushSyncTests {
        private final class LabPush: Push {
            let asked = Recorder()

            func register(_ token: String) -> Bool {
                asked.add("register \(token)")
                return true
            }

            func unregister(_ token: String) { asked.add("unregister \(token)") }
        }

        @Test func accountsRegisterAndThoseThatAreGoneDoNot() async throws {
            try await withPaired { lab in
                let (push, book) = (LabPush(), PushBook(file: lab.server.folder.appending(path: "book")))
                let stranger = book.token(99)
                let sync = PushSync(core: lab.phone.core, push: push, book: book)
                try await OffMain()() { try sync.atStart() }
                let own = book.token(try lab.here().id)
                #expect(push.asked.all == ["unregister \(stranger)", "register \(own)"])
                // Nobody has heard it: it is said until somebody has.
                try await OffMain()() { try sync.afterChange() }
                #expect(push.asked.all.dropFirst(2) == ["unregister \(stranger)"])
                book.released(stranger)
                try await OffMain()() { try sync.afterChange() }
                #expect(push.asked.all.count == 3)
                let here = try lab.here().id
                #expect(book.accounts() == [here])
            }
        }

        @Test func anAddressThatTheServerRefusesIsToldAgainTheNextTime() async throws {
            try await withPaired { lab in
                let book = PushBook(file: lab.server.folder.appending(path: "book"))
                let sync = PushSync(core: lab.phone.core, push: LabPush(), book: book)
                book.arrived(book.token(try lab.here().id), "https://nobody.example/1")
                try await OffMain()() { sync.tell() }
                #expect(book.untold().count == 1)
            }
        }
    }
}
