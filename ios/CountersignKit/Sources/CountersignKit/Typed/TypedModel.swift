import CountersignFFI
import Foundation
import Observation

/// Pairing by the server's address and a typed code (P3).
@Observable
@MainActor
public final class TypedModel: FlowModel<PairingFlow> {
    @ObservationIgnored private let core: any AuthenticatorProtocol
    @ObservationIgnored private let opened: @MainActor (PairingFlow) -> Void

    /// The server's address.
    public var server = "" {
        didSet { understood() }
    }

    /// The code, in groups as typed.
    public var code = "" {
        didSet { understood() }
    }

    init(core: any AuthenticatorProtocol, around: Surroundings, opened: @escaping @MainActor (PairingFlow) -> Void) {
        self.core = core
        self.opened = opened
        super.init(around: around)
    }

    /// "Continue." The core takes capital and small letters, blanks and hyphens.
    @discardableResult
    public func submit() -> Task<Void, Never>? {
        let server = server.trimmingCharacters(in: .whitespacesAndNewlines)
        return step { [core, code] in try core.openTyped(server: server, code: code) }
    }

    override func follow(_ state: PairingFlow) async throws {
        opened(state)
    }
}
