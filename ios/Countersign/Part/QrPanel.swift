import CountersignFFI
import SwiftUI

/// A QR code: dark on white by night too, with its quiet zone, and nothing upon it (look.md 3).
struct QrPanel: View {
    let picture: QrPicture
    let spoken: String

    var body: some View {
        QrShape(picture: picture)
            .fill(Color.black)
            .aspectRatio(1, contentMode: .fit)
            .background(Color.white, in: RoundedRectangle(cornerRadius: Tokens.Radius.m))
            .accessibilityElement(children: .ignore)
            .accessibilityLabel(spoken)
            .accessibilityAddTraits(.isImage)
    }
}

private struct QrShape: Shape {
    nonisolated private static let quiet = 4
    let picture: QrPicture

    nonisolated func path(in room: CGRect) -> Path {
        let size = Int(picture.size)
        let module = min(room.width, room.height) / CGFloat(size + 2 * Self.quiet)
        var path = Path()
        for row in 0..<size { addRow(row, size, module, to: &path) }
        return path
    }

    /// Neighbours are drawn as one bar, a little longer than they are: no seam of background shows between them.
    nonisolated private func addRow(_ row: Int, _ size: Int, _ module: CGFloat, to path: inout Path) {
        let modules = Array(picture.modules.dropFirst(row * size).prefix(size))
        var column = 0
        while column < modules.count {
            let start = column
            while column < modules.count, modules[column] != 0 { column += 1 }
            if column > start {
                let x = CGFloat(Self.quiet + start) * module
                let y = CGFloat(Self.quiet + row) * module
                path.addRect(CGRect(x: x, y: y, width: CGFloat(column - start) * module, height: module + 0.5))
            }
            column += 1
        }
    }
}
