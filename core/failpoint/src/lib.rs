//! Named places at which a test has the process killed, as a power cut or the phone's system would (protocol 3.0.5).
//!
//! What a process leaves behind changes only where it writes to a disk, and what others know of it only where it sends.
//! So the places stand directly before and after each of those, in the one function that every flow does it through, and
//! a kill at the n-th passing of a place is a kill at that step of the flow. Without the feature `failpoints` a place is
//! an empty function: a released binary has neither the names nor a way to arm them.

#[cfg(feature = "failpoints")]
mod armed;

#[cfg(feature = "failpoints")]
pub use armed::reached;

/// What names the place where the process is to die: `NAME`, or `NAME:n` for the n-th time that it is passed.
pub const VARIABLE: &str = "COUNTERSIGN_KILL_AT";

/// Places of the server: around the commit of each batch, after the audit log has it, and before anybody hears of it.
pub const SERVER: [&str; 4] = [
    "server/store/before-commit",
    "server/store/after-commit",
    "server/store/after-audit",
    "server/answer/before-send",
];

/// Places of a phone: around each commit of the vault, each file of a key, and each message.
pub const PHONE: [&str; 8] = [
    "phone/vault/before-commit",
    "phone/vault/after-commit",
    "phone/key/before-rename",
    "phone/key/after-write",
    "phone/key/before-delete",
    "phone/key/after-delete",
    "phone/wire/before-send",
    "phone/wire/after-answer",
];

/// The process is at this place.
#[cfg(not(feature = "failpoints"))]
#[inline(always)]
pub const fn reached(_: &'static str) {}
