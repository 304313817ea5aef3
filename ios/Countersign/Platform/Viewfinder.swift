import AVFoundation
import CountersignKit
import SwiftUI

/// The camera's picture while the scanner is on screen.
struct Viewfinder: UIViewRepresentable {
    let model: ScanModel
    let light: Bool

    func makeCoordinator() -> BackCamera { BackCamera() }

    func makeUIView(context: Context) -> PreviewView {
        let view = PreviewView()
        view.show(context.coordinator)
        context.coordinator.start { [model] luma, size in model.frame(luma, size) }
        return view
    }

    func updateUIView(_ view: PreviewView, context: Context) {
        context.coordinator.torch(light)
    }

    static func dismantleUIView(_ view: PreviewView, coordinator: BackCamera) {
        coordinator.torch(false)
        coordinator.stop()
    }
}

/// A view whose layer is the camera's.
final class PreviewView: UIView {
    override static var layerClass: AnyClass { AVCaptureVideoPreviewLayer.self }

    private var rotation: AVCaptureDevice.RotationCoordinator?
    private var preview: AVCaptureVideoPreviewLayer? { layer as? AVCaptureVideoPreviewLayer }

    func show(_ camera: BackCamera) {
        preview?.session = camera.session
        preview?.videoGravity = .resizeAspectFill
        rotation = camera.device.map { AVCaptureDevice.RotationCoordinator(device: $0, previewLayer: preview) }
    }

    /// The picture turns with the phone.
    override func layoutSubviews() {
        super.layoutSubviews()
        guard let angle = rotation?.videoRotationAngleForHorizonLevelPreview, let connection = preview?.connection,
            connection.isVideoRotationAngleSupported(angle)
        else { return }
        connection.videoRotationAngle = angle
    }
}
