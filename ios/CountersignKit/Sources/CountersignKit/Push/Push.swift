import CountersignFFI

/// Whoever wakes this phone for a server (protocol 3.4.2). A push is a hint without content: losing one loses nothing,
/// and one that nobody sent only makes the app look.
///
/// Each account has an address of its own, so that two servers cannot tell that they know the same phone. Addresses come
/// later and go into the `PushBook`. On an iPhone this is the publisher's gateway, which knows the device's token.
public protocol Push: Sendable {
    /// Asks for an address for the account with this token; asking again is harmless. False where nobody is there to be
    /// asked.
    @discardableResult
    func register(_ token: String) -> Bool

    /// Gives the address of this token up. It is asked again until `PushBook.released` says that it was heard.
    func unregister(_ token: String)
}
