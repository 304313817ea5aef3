import CountersignFFI
import Foundation
import Observation

/// "Why does nothing arrive?" (H1).
@Observable
@MainActor
public final class SelfTestModel: FlowModel<SelfTestModel.State> {
    /// What was found, and when.
    public struct State: Sendable, Equatable {
        /// One for each subject, and for each account where it has one.
        public let findings: [Finding]
        /// When.
        public let at: Date

        /// For a preview, too.
        public init(findings: [Finding], at: Date) {
            self.findings = findings
            self.at = at
        }
    }

    @ObservationIgnored private let core: any AuthenticatorProtocol

    init(core: any AuthenticatorProtocol, around: Surroundings) {
        self.core = core
        super.init(around: around)
    }

    /// Looks at everything.
    @discardableResult
    public func test() -> Task<Void, Never>? {
        step { [core, clock = around.clock, permissions = around.device.permissions()] in
            State(findings: try core.selfTest(permissions: permissions), at: clock.now())
        }
    }

    /// Opens the page of the system that mends it.
    public func open(_ page: SystemPage) {
        around.device.open(page)
    }
}
