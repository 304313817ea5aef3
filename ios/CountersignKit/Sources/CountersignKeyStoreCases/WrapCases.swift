import CountersignFFI
import Foundation

/// Cases about the vault key, which is wrapped.
extension KeyStoreContract {
    func wraps() throws {
        let wrapped = try keys.wrap(plain: input)
        try expect(keys.unwrap(wrapped: wrapped) == input, "opened again")
        try expect(keys.wrap(plain: input) != wrapped, "never the same twice")
    }

    func wrongBlobs() throws {
        var wrapped = [UInt8](try keys.wrap(plain: input))
        let length = wrapped.count
        wrapped[length - 1] ^= 1
        let changed = Data(wrapped)
        try expect(.NotFound) { _ = try keys.unwrap(wrapped: changed) }
        try expect(.NotFound) { _ = try keys.unwrap(wrapped: Data()) }
        try expect(.NotFound) { _ = try keys.unwrap(wrapped: Data(count: length)) }
    }
}
