import CountersignFFI
import Foundation
import Observation

/// The scanner: camera frames in, what their code leads to out (P1, S3, S5).
@Observable
@MainActor
public final class ScanModel: FlowModel<Scanned> {
    /// How often one picture is looked at.
    private static let looks = 8

    @ObservationIgnored private let core: any AuthenticatorProtocol
    @ObservationIgnored private let opened: @MainActor (Scanned) -> Void
    @ObservationIgnored private let frames = Frames()

    init(core: any AuthenticatorProtocol, around: Surroundings, opened: @escaping @MainActor (Scanned) -> Void) {
        self.core = core
        self.opened = opened
        super.init(around: around)
    }

    /// A frame of the camera, on the camera's thread; its bytes are read here and not kept.
    nonisolated public func frame(_ luma: Data, _ size: FrameSize) {
        guard let text = frames.read(luma, size) else { return }
        Task { @MainActor in self.open(text, .scanner) }
    }

    /// A picture in place of the camera; false if no code is in it.
    @discardableResult
    public func picture(_ luma: Data, _ size: FrameSize) -> Bool {
        guard let text = frames.picture(luma, size, looks: Self.looks) else { return false }
        open(text, .scanner)
        return true
    }

    /// A link that was pasted.
    @discardableResult
    public func paste() -> Task<Void, Never>? {
        guard let link = around.device.clipboard() else { return nil }
        return open(link.trimmingCharacters(in: .whitespacesAndNewlines), .pasted)
    }

    /// "Scan again."
    public func again() {
        frames.startOver()
        understood()
    }

    override public func understood() {
        super.understood()
        frames.look(true)
    }

    override func follow(_ state: Scanned) async throws {
        opened(state)
    }

    @discardableResult
    private func open(_ text: String, _ entry: Entry) -> Task<Void, Never>? {
        frames.look(false)
        return step { [core] in try core.openCode(text: text, entry: entry) }
    }
}
