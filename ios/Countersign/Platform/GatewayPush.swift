import CountersignKit
import Foundation

/// The publisher's gateway, which knows the token that Apple gave this phone, and gives each account an address of its
/// own (protocol 3.4.2). What it is asked is in `ios/README.md`.
///
/// Without a gateway in the build nobody is asked: requests are then found when the app is opened.
final class GatewayPush: Push, @unchecked Sendable {
    /// What it answers of a token that it does not know.
    private static let unknown = [404, 410]
    private let gateway: URL?
    private let book: PushBook
    private let arrived: @Sendable () -> Void
    /// Of what the gateway says, nothing is kept on this phone.
    private let session = URLSession(configuration: .ephemeral)
    private let lock = NSLock()
    private var device: Data?

    init(gateway: URL?, book: PushBook, arrived: @escaping @Sendable () -> Void) {
        self.gateway = gateway
        self.book = book
        self.arrived = arrived
    }

    /// Apple gave this phone a token; it may be another one than the last time.
    func deviceArrived(_ token: Data) {
        lock.withLock { device = token }
    }

    @discardableResult
    func register(_ token: String) -> Bool {
        guard let device = lock.withLock({ device }), var request = request("PUT", token) else { return false }
        let hex = device.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        request.httpBody = try? JSONEncoder().encode(["device": hex])
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        session.dataTask(with: request) { [book, arrived] data, _, _ in
            let answer = data.flatMap { try? JSONDecoder().decode([String: String].self, from: $0) }
            if let url = answer?["url"], book.arrived(token, url) { arrived() }
        }
        .resume()
        return true
    }

    func unregister(_ token: String) {
        // Without a gateway nobody knows it.
        guard let request = request("DELETE", token) else { return book.released(token) }
        session.dataTask(with: request) { [book] _, answer, _ in
            let status = (answer as? HTTPURLResponse)?.statusCode ?? 0
            if (200..<300).contains(status) || Self.unknown.contains(status) { book.released(token) }
        }
        .resume()
    }

    private func request(_ method: String, _ token: String) -> URLRequest? {
        guard let gateway, gateway.scheme == "https" else { return nil }
        var request = URLRequest(url: gateway.appending(path: token))
        request.httpMethod = method
        return request
    }
}
