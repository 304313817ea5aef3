import Foundation

/// The link that opened the app, if one did.
///
/// The system opens an app by a link of `https` only where the server and the app belong together; other apps can start
/// it in other ways, and those are passed by. The link came through the system: that is how the core is told of it,
/// which then refuses what is only for the scanner (protocol 3.5). What the scanner reads is told as such, and the core
/// refuses there what is only for a tapped link.
///
/// Not `Link`: that is a view of SwiftUI.
public enum UniversalLink {
    /// The text of a universal link; nothing of any other address.
    public static func text(of address: URL?) -> String? {
        guard let address, address.scheme == "https", address.host?.isEmpty == false else { return nil }
        return address.absoluteString
    }

    #if canImport(Darwin)
        /// The same of what the system hands over.
        public static func text(of activity: NSUserActivity) -> String? {
            activity.activityType == NSUserActivityTypeBrowsingWeb ? text(of: activity.webpageURL) : nil
        }
    #endif
}
