import CountersignFFI
import Foundation

/// Reads the frames of a camera on the camera's own thread, one code at a time.
final class Frames: @unchecked Sendable {
    private let lock = NSLock()
    private let scanner: (any LiveScannerProtocol)?
    private var looking = true

    /// With a scanner that has told nothing yet.
    init(scanner: (any LiveScannerProtocol)? = try? LiveScanner()) {
        self.scanner = scanner
    }

    /// Whether frames are read at all: not while a code is being opened, or a problem is on screen.
    func look(_ looking: Bool) {
        lock.withLock { self.looking = looking }
    }

    /// The text of a code in this frame, if there is one that was not told yet.
    func read(_ luma: Data, _ size: FrameSize) -> String? {
        lock.withLock { looking ? text(luma, size) : nil }
    }

    /// The same of a picture in place of the camera: each look tries what the one before did not.
    func picture(_ luma: Data, _ size: FrameSize, looks: Int) -> String? {
        lock.withLock {
            try? scanner?.startOver()
            for _ in 0..<looks {
                if let text = text(luma, size) { return text }
            }
            return nil
        }
    }

    /// The same code is told again.
    func startOver() {
        lock.withLock {
            try? scanner?.startOver()
        }
    }

    /// A frame that is not what its numbers say has no code.
    private func text(_ luma: Data, _ size: FrameSize) -> String? {
        (try? scanner?.scan(luma: luma, size: size))?.first?.text
    }
}
