// Names of Apple's, which Apple documents.
// swift-format-ignore-file

import Foundation

public enum AccessibilityNotification {
    public struct Announcement {
        public init(_ announcement: AttributedString) {}
        @MainActor public func post() {}
    }
}

public enum AnnouncementPriority: Sendable {
    case low
    case `default`
    case high
}

extension AttributedString {
    public var accessibilitySpeechAnnouncementPriority: AnnouncementPriority? {
        get { nil }
        set {}
    }
}
