import Foundation

/// The command line of the server, as cargo built it.
struct Command {
    let process = Process()
    private let pipe = Pipe()

    init(_ arguments: [String], folder: URL) throws {
        let log = folder.appending(path: "log")
        if !FileManager.default.fileExists(atPath: log.path) {
            _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        }
        process.executableURL = built.appending(path: "debug/countersign")
        process.arguments = arguments + ["--data", folder.appending(path: "data").path, "--json"]
        process.standardOutput = pipe
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
    }

    /// The first line that it prints; it goes on.
    func firstLine() -> String {
        var line = Data()
        while !line.contains(UInt8(ascii: "\n")) {
            let more = pipe.fileHandleForReading.availableData
            if more.isEmpty { break }
            line.append(more)
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// All that it prints, once it has ended well.
    func output() throws -> String {
        let all = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        if process.terminationStatus != 0 { throw LabFault("the command ended with \(process.terminationStatus)") }
        return String(decoding: all, as: UTF8.self)
    }
}

/// The process that listens.
final class Running: @unchecked Sendable {
    let base: String
    let labSecret: String
    private let command: Command

    init(folder: URL, listen: String) throws {
        command = try Command(["serve", "--listen", listen, "--lab"], folder: folder)
        let ready = command.firstLine()
        base = try member("ready", of: ready)
        labSecret = try member("lab_secret", of: ready)
    }

    deinit {
        stop()
    }

    func stop() {
        if command.process.isRunning { kill(command.process.processIdentifier, SIGKILL) }
        command.process.waitUntilExit()
    }
}

/// Where cargo builds.
let built: URL = {
    if let named = ProcessInfo.processInfo.environment["COUNTERSIGN_TARGET"] { return URL(filePath: named) }
    return URL(filePath: #filePath).appending(path: "../../../../../../target").standardizedFileURL
}()
