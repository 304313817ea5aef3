import CountersignFFI
import Foundation
import Testing

@testable import CountersignKit

@Suite struct LumaTests {
    @Test func aPaddedPlaneIsReadWhereItLies() throws {
        let frame = try LabFrame(showing: "a code of somebody else")
        let (width, height, stride) = (Int(frame.size.width), Int(frame.size.height), Int(frame.size.stride))
        // The last row ends with its pixels, as a camera's plane may.
        var bytes = [UInt8](frame.luma.prefix(stride * (height - 1) + width))
        let text = try bytes.withUnsafeMutableBytes { buffer in
            let start = try #require(buffer.baseAddress)
            return LumaPlane.hand(start, width: width, height: height, bytesPerRow: stride) { luma, size in
                // Nothing is copied: the bytes are the camera's own.
                #expect(luma.withUnsafeBytes { $0.baseAddress } == UnsafeRawPointer(start))
                #expect(luma.count == buffer.count)
                return try? LiveScanner().scan(luma: luma, size: size).first?.text
            }
        }
        #expect(text == "a code of somebody else")
    }

    @Test(arguments: [(0, 4, 8), (9, 4, 8), (8, 0, 8), (8, -1, 8), (-8, 4, -8)])
    func numbersThatDescribeNoPlaneAreRefused(width: Int, height: Int, bytesPerRow: Int) {
        var bytes = [UInt8](repeating: 0, count: 64)
        let handed = bytes.withUnsafeMutableBytes { buffer in
            buffer.baseAddress.flatMap {
                LumaPlane.hand($0, width: width, height: height, bytesPerRow: bytesPerRow) { _, _ in true }
            }
        }
        #expect(handed == nil)
    }
}
