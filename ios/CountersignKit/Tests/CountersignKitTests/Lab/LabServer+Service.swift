import Foundation

private let browser = """
    "first_factor":true,"recognised":false,\
    "browser":{"ip":"203.0.113.7","agent":"Firefox on Windows","place":"Brussels, BE"}
    """
private let login = #""kind":"login","text":[],"factors":["pin"]"#

/// What a service does.
extension LabServer {
    /// A pairing as the service that started it knows it.
    struct Enrolment: Sendable {
        let eid: String
        let link: String
    }

    /// A sign-in as the browser shows it.
    struct SignIn: Sendable {
        let tid: String
        let number: String

        /// Another number than the right one.
        var wrongNumber: String { String(number.dropLast()) + (number.hasSuffix("1") ? "2" : "1") }
    }

    /// Makes an account and gives its id.
    func addAccount(_ email: String) async throws -> String {
        try member("account", of: await ask("POST", "/accounts", #"{"email":"\#(email)"}"#))
    }

    /// Starts an enrolment; `here`: in the browser of the phone itself.
    func enrol(_ account: String, here: Bool = false) async throws -> Enrolment {
        let back = here ? #","return_url":"\#(Self.origin)/back""# : ""
        let body = #"{"account":"\#(account)","same_device":\#(here),"typed":false\#(back)}"#
        let made = try await ask("POST", "/enrolments", body)
        return Enrolment(eid: try member("eid", of: made), link: try member("link", of: made))
    }

    /// Types the code that the phone shows.
    func confirm(_ enrolment: Enrolment, code: String) async throws {
        _ = try await ask("POST", "/enrolments/\(enrolment.eid)/confirm", #"{"code":"\#(code)"}"#)
    }

    /// Starts a push sign-in, as a service does for its browser.
    func signIn(_ account: String, factors: String = #""pin""#) async throws -> SignIn {
        let body = #"""
            {"method":"push","kind":"login","text":[],"factors":[\#(factors)],\#(browser),"account":"\#(account)"}
            """#
        let started = try await ask("POST", "/sign-ins", body)
        return SignIn(tid: try member("tid", of: started), number: try member("number", of: started))
    }

    /// Starts a sign-in whose frames are scanned.
    func qrSignIn() async throws -> String {
        try member("tid", of: await ask("POST", "/sign-ins", #"{"method":"qr",\#(login),\#(browser)}"#))
    }

    /// The frame that the page shows now.
    func frame(_ tid: String) async throws -> String {
        try member("qr", of: await ask("GET", "/sign-ins/\(tid)/frame"))
    }

    /// Starts a sign-in in the browser of the phone itself: its name, and the link that the button opens.
    func linkSignIn(_ account: String) async throws -> (tid: String, link: String) {
        let back = #""return_url":"\#(Self.origin)/back""#
        let body = #"{"method":"link",\#(login),\#(browser),"account":"\#(account)",\#(back)}"#
        let started = try await ask("POST", "/sign-ins", body)
        return (try member("tid", of: started), try member("link", of: started))
    }

    /// Starts a sign-in for a phone without network: its name, and what its QR code says.
    func offlineSignIn(_ account: String) async throws -> (tid: String, text: String) {
        let body = #"{"method":"offline",\#(login),\#(browser),"account":"\#(account)"}"#
        let started = try await ask("POST", "/sign-ins", body)
        return (try member("tid", of: started), try member("qr", of: started))
    }

    /// Types the eight digits that the phone shows, and gives the state that follows.
    func typeCode(_ tid: String, _ code: String) async throws -> String {
        try member("state", of: await ask("POST", "/sign-ins/\(tid)/code", #"{"code":"\#(code)"}"#))
    }

    /// The state of a sign-in, as the service sees it.
    func state(of tid: String) async throws -> String {
        try member("state", of: await ask("GET", "/sign-ins/\(tid)"))
    }

    /// Moves the clock of the server.
    func advance(seconds: Int) async throws {
        try await lab("POST", "/clock", #"{"advance":\#(seconds)}"#)
    }
}
