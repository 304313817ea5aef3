import Testing

/// Until it holds; a test that waits in vain says where.
@MainActor
func eventually(
    within limit: Duration = .seconds(30),
    _ holds: @MainActor () -> Bool,
    at place: SourceLocation = #_sourceLocation
) async throws {
    let end = ContinuousClock.now + limit
    while !holds() {
        if ContinuousClock.now > end {
            Issue.record("waited in vain", sourceLocation: place)
            throw LabFault("waited in vain")
        }
        try await Task.sleep(for: .milliseconds(10))
    }
}

/// A server, and whatever a test does with it; the server ends with the test.
@MainActor
func withServer(_ test: @MainActor (LabServer) async throws -> Void) async throws {
    let server = try await LabServer.start()
    defer { server.close() }
    try await test(server)
}

/// Everything that talks to a server: one after the other, so that nobody waits for a busy machine.
@Suite(.serialized) enum Flows {}
