import CountersignFFI
import Foundation

/// What a camera sees of a screen that shows a QR code: rows padded, as cameras do.
struct LabFrame: Sendable {
    let luma: Data
    let size: FrameSize

    init(showing text: String) throws {
        let (scale, quiet, padding) = (6, 4, 37)
        let picture = try drawQr(text: text)
        let modules = [UInt8](picture.modules)
        let count = Int(picture.size)
        let side = (count + 2 * quiet) * scale
        let stride = side + padding
        var luma = [UInt8](repeating: 0xFF, count: stride * side)
        for y in 0..<count * scale {
            for x in 0..<count * scale where modules[y / scale * count + x / scale] == 1 {
                luma[(y + quiet * scale) * stride + x + quiet * scale] = 0x10
            }
        }
        self.luma = Data(luma)
        size = FrameSize(width: UInt32(side), height: UInt32(side), stride: UInt32(stride))
    }
}
