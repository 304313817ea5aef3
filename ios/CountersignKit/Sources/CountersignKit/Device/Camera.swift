import CountersignFFI
import Foundation

/// The camera, while the scanner is on screen.
@MainActor
public protocol Camera: AnyObject {
    /// Frames go to `each` on a thread of the camera's: the bytes are the camera's own and valid during the call alone.
    func start(_ each: @escaping @Sendable (Data, FrameSize) -> Void)

    /// The light beside the lens.
    func torch(_ on: Bool)

    /// Ends it; no call of `each` follows.
    func stop()
}
