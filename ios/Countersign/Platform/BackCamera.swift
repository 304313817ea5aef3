import AVFoundation
import CountersignFFI
import CountersignKit

/// The camera on the phone's back: brightness of each frame, on a thread of its own, without a copy.
@MainActor
final class BackCamera: Camera {
    let session = AVCaptureSession()
    private let frames = FrameReader()
    let device = AVCaptureDevice.default(.builtInWideAngleCamera, for: .video, position: .back)

    /// Asks the person, if nobody has yet.
    static func ask() async {
        if AVCaptureDevice.authorizationStatus(for: .video) == .notDetermined {
            _ = await AVCaptureDevice.requestAccess(for: .video)
        }
    }

    func start(_ each: @escaping @Sendable (Data, FrameSize) -> Void) {
        guard let device, session.inputs.isEmpty, let input = try? AVCaptureDeviceInput(device: device) else { return }
        frames.give(to: each)
        session.beginConfiguration()
        session.sessionPreset = .hd1280x720
        if session.canAddInput(input) { session.addInput(input) }
        if session.canAddOutput(frames.output) { session.addOutput(frames.output) }
        session.commitConfiguration()
        frames.run(session, true)
    }

    func torch(_ on: Bool) {
        guard let device, device.hasTorch, (try? device.lockForConfiguration()) != nil else { return }
        device.torchMode = on ? .on : .off
        device.unlockForConfiguration()
    }

    func stop() {
        frames.give(to: nil)
        frames.run(session, false)
    }
}

/// Reads frames on its own queue. Frames that come while one is being read are dropped. The session starts and stops on
/// another one: whoever waits for the last frame must not wait for a camera that is just coming up.
private final class FrameReader: NSObject, AVCaptureVideoDataOutputSampleBufferDelegate, @unchecked Sendable {
    let output = AVCaptureVideoDataOutput()
    private let queue = DispatchQueue(label: "countersign.camera", qos: .userInitiated)
    private let startsAndStops = DispatchQueue(label: "countersign.camera.session", qos: .userInitiated)
    /// Only touched on the queue.
    private var each: (@Sendable (Data, FrameSize) -> Void)?

    override init() {
        super.init()
        output.alwaysDiscardsLateVideoFrames = true
        let format = kCVPixelFormatType_420YpCbCr8BiPlanarFullRange
        output.videoSettings = [kCVPixelBufferPixelFormatTypeKey as String: format]
        output.setSampleBufferDelegate(self, queue: queue)
    }

    /// After this returns nobody else is given a frame.
    func give(to each: (@Sendable (Data, FrameSize) -> Void)?) {
        queue.sync { self.each = each }
    }

    /// Starting and stopping a session blocks.
    func run(_ session: AVCaptureSession, _ wanted: Bool) {
        let sent = SentSession(session: session)
        startsAndStops.async {
            if wanted { sent.session.startRunning() } else { sent.session.stopRunning() }
        }
    }

    func captureOutput(
        _ output: AVCaptureOutput,
        didOutput sample: CMSampleBuffer,
        from connection: AVCaptureConnection
    ) {
        guard let each, let frame = CMSampleBufferGetImageBuffer(sample) else { return }
        _ = LumaPlane.hand(frame, to: each)
    }
}

/// Apple says that sessions may be started and stopped on any one queue.
private struct SentSession: @unchecked Sendable {
    let session: AVCaptureSession
}
