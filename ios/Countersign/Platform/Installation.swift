import CountersignFFI
import Foundation
import Security
import UIKit

/// Where the app keeps what it keeps: in a folder that no backup takes and that is closed while the phone is locked.
struct Installation: Sendable {
    private let folder: URL

    /// The one of this app.
    static var own: Installation {
        Installation(folder: URL.applicationSupportDirectory.appending(path: "Countersign"))
    }

    /// The vault, its folder made. Keys in the keychain survive the removal of an app: those of an earlier installation
    /// are deleted at the first start (protocol 2.4).
    func setup(_ phone: PhoneInfo) throws -> Setup {
        try prepare()
        return Setup(vault: folder.appending(path: "vault.db").path, platform: .ios, phone: phone)
    }

    /// The book of pushes.
    var pushBook: URL { folder.appending(path: "push.json") }

    /// The folder is the mark that old keys are gone: it is made after them. What is said of it is said at every start,
    /// because the process may have ended between the one and the other.
    private func prepare() throws {
        let files = FileManager.default
        let closed = [FileAttributeKey.protectionKey: FileProtectionType.complete]
        if !files.fileExists(atPath: folder.path) {
            try deleteKeys()
            try files.createDirectory(at: folder, withIntermediateDirectories: true, attributes: closed)
        }
        try files.setAttributes(closed, ofItemAtPath: folder.path)
        var marked = folder
        var values = URLResourceValues()
        values.isExcludedFromBackup = true
        try marked.setResourceValues(values)
    }

    /// While the phone is locked they cannot be deleted: the next call of the core tries again.
    private func deleteKeys() throws {
        let status = SecItemDelete([kSecClass: kSecClassKey] as CFDictionary)
        guard status == errSecSuccess || status == errSecItemNotFound else { throw Problem.KeyStoreBusy }
    }
}

extension PhoneInfo {
    /// This phone, as servers list it.
    @MainActor
    static var own: PhoneInfo {
        let device = UIDevice.current
        let os = "\(device.systemName) \(device.systemVersion)"
        return PhoneInfo(name: device.name, os: os, app: Bundle.main.version ?? "0")
    }
}
