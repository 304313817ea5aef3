import CountersignKit
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The real server with a fresh folder on a free port of loopback, and a service with all scopes.
final class LabServer: Sendable {
    static let service = "Grants Portal"
    static let origin = "https://grants.example.eu"

    /// Where it listens.
    let base: String
    let folder: URL
    private let running: Running
    private let secret: String

    private init(folder: URL, running: Running, secret: String) {
        self.folder = folder
        self.running = running
        self.secret = secret
        base = running.base
    }

    /// Starts it; whoever started it stops it.
    static func start() async throws -> LabServer {
        let folder = FileManager.default.temporaryDirectory.appending(path: "countersign-swift-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return try await OffMain()() {
            let running = try Running(folder: folder, listen: "127.0.0.1:0")
            let scopes = "accounts,enrol,sign-in"
            let arguments = [
                "service", "add", service, "--origin", origin, "--return-origin", origin, "--scope", scopes,
            ]
            let secret = try member("secret", of: Command(arguments, folder: folder).output())
            return LabServer(folder: folder, running: running, secret: secret)
        }
    }

    /// The process ends; clients find nobody there. Its folder stays.
    func stop() {
        running.stop()
    }

    /// Starts again where it was, over the same database.
    func again() async throws -> LabServer {
        try await OffMain()() { [folder, base, secret] in
            let listen = base.replacingOccurrences(of: "http://", with: "")
            return LabServer(folder: folder, running: try Running(folder: folder, listen: listen), secret: secret)
        }
    }

    /// Stops it for good.
    func close() {
        stop()
        try? FileManager.default.removeItem(at: folder)
    }

    /// The body that a service gets.
    func ask(_ method: String, _ path: String, _ body: String? = nil) async throws -> String {
        try await send(method, "/backend/v1\(path)", body, bearer: secret)
    }

    /// The body that whoever runs the lab gets.
    func lab(_ method: String, _ path: String, _ body: String) async throws {
        _ = try await send(method, "/lab\(path)", body, bearer: running.labSecret)
    }

    private func send(_ method: String, _ path: String, _ body: String?, bearer: String) async throws -> String {
        guard let url = URL(string: base + path) else { throw LabFault("no address: \(path)") }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.httpBody = body.map { Data($0.utf8) }
        request.setValue("Bearer \(bearer)", forHTTPHeaderField: "Authorization")
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        let (data, answer) = try await URLSession.shared.data(for: request)
        let text = String(decoding: data, as: UTF8.self)
        let status = (answer as? HTTPURLResponse)?.statusCode ?? 0
        if !(200..<300).contains(status) { throw LabFault("\(method) \(path): \(status) \(text)") }
        return text
    }
}

/// Something of the lab did not work: no fault of what is tested.
struct LabFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// A text member of a JSON object.
func member(_ name: String, of json: String) throws -> String {
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    guard let text = object?[name] as? String else { throw LabFault("no \(name) in \(json)") }
    return text
}
