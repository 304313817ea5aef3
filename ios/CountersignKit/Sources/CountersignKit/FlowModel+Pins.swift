import CountersignFFI

/// Steps that take a PIN. The core wipes the entry whatever comes of the call; the pad counts again afterwards.
extension FlowModel {
    /// A step that takes the digits of `pad`.
    @discardableResult
    func step(
        taking pad: PinPad,
        _ call: @escaping @Sendable (PinEntry) throws -> State
    ) -> Task<Void, Never>? {
        steps { try await self.taken(pad, call) }
    }

    /// Hands the digits of `pad` to a call of the core.
    func taken<Result: Sendable>(
        _ pad: PinPad,
        _ call: @escaping @Sendable (PinEntry) throws -> Result
    ) async throws -> Result {
        let entry = try pad.taken()
        defer { pad.look() }
        return try await around.offMain { try call(entry) }
    }
}
