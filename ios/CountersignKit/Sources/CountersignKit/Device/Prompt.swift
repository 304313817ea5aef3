import CountersignFFI
import Foundation

/// The system's own question for finger or face: it answers a step of a flow, and no thread waits for it.
@MainActor
public protocol Prompt: AnyObject {
    /// Signs `request` if the person agrees. `title` and `usePin` are words that the screens have; where typing the PIN is
    /// no way round, `usePin` is empty.
    func sign(_ request: SignatureRequest, title: String, usePin: String) async -> PromptAnswer
}

/// What became of the question.
public enum PromptAnswer: Sendable, Equatable {
    /// Signed.
    case signed(Data)
    /// The person wants to type the PIN, or went away.
    case cancelled
    /// Too many wrong fingers: for a while, or until the screen lock was opened.
    case lockedOut
    /// A finger or face was added or removed: the key is gone for good.
    case invalidated
    /// This device cannot do it now.
    case unavailable
}
