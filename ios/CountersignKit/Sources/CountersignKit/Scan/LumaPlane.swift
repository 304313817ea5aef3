import CountersignFFI
import Foundation

#if canImport(CoreVideo)
    import CoreVideo
#endif

/// The brightness plane of a camera's frame, given away for the time of a call and without a copy.
public enum LumaPlane {
    /// `bytes` holds `height` rows of `bytesPerRow`, each with `width` pixels and whatever pads it; the last one may end
    /// with its pixels. What `each` is given must not outlive the call.
    public static func hand<Result>(
        _ bytes: UnsafeMutableRawPointer,
        width: Int,
        height: Int,
        bytesPerRow: Int,
        to each: (Data, FrameSize) throws -> Result
    ) rethrows -> Result? {
        guard let size = size(width, height, bytesPerRow) else { return nil }
        let length = bytesPerRow * (height - 1) + width
        return try each(Data(bytesNoCopy: bytes, count: length, deallocator: .none), size)
    }

    private static func size(_ width: Int, _ height: Int, _ bytesPerRow: Int) -> FrameSize? {
        let numbers = [width, height, bytesPerRow].compactMap(UInt32.init(exactly:))
        guard numbers.count == 3, width > 0, height > 0, bytesPerRow >= width else { return nil }
        return FrameSize(width: numbers[0], height: numbers[1], stride: numbers[2])
    }

    #if canImport(CoreVideo)
        /// The first plane of a frame in one of the formats that have brightness apart from colour.
        public static func hand<Result>(
            _ frame: CVPixelBuffer,
            to each: (Data, FrameSize) throws -> Result
        ) rethrows -> Result? {
            guard CVPixelBufferLockBaseAddress(frame, .readOnly) == kCVReturnSuccess else { return nil }
            defer { CVPixelBufferUnlockBaseAddress(frame, .readOnly) }
            guard let bytes = CVPixelBufferGetBaseAddressOfPlane(frame, 0) else { return nil }
            return try hand(
                bytes,
                width: CVPixelBufferGetWidthOfPlane(frame, 0),
                height: CVPixelBufferGetHeightOfPlane(frame, 0),
                bytesPerRow: CVPixelBufferGetBytesPerRowOfPlane(frame, 0),
                to: each
            )
        }
    #endif
}
