package eu.countersign.shell.device

import eu.countersign.core.SignatureRequest

/** The system's own question for finger or face: it answers a step of a flow, and no thread waits for it. */
interface Prompt {
    /** Signs [request] if the person agrees. [title] and [usePin] are words that the screens have. */
    suspend fun sign(
        request: SignatureRequest,
        title: String,
        usePin: String,
    ): Answer

    /** What became of the question. */
    sealed interface Answer {
        /** Signed. */
        class Signed(
            val signature: ByteArray,
        ) : Answer

        /** The person wants to type the PIN, or went away. */
        data object Cancelled : Answer

        /** Too many wrong fingers: for a while, or until the screen lock was opened. */
        data object LockedOut : Answer

        /** A finger or face was added or removed: the key is gone for good. */
        data object Invalidated : Answer

        /** This device cannot do it now. */
        data object Unavailable : Answer
    }
}
