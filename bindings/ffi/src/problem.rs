//! The one error of the bindings: each variant says what a shell does about it; no words, no text (architecture.md 2.6).

use countersign_engine::PinRejected;
use countersign_engine::problem::{MessageDefect, NoticeView};
use countersign_protocol::keyset::{KeySetFault, MessageFault};
use countersign_protocol::message::notice::{NoticeState, NoticeWhy};
use countersign_protocol::problem::Code as RefusalCode;
use countersign_scanner::ScanError;
use std::time::Duration;

/// Why something did not go on.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum Problem {
    /// Not a code of this protocol. Scan again.
    #[error("bad_qr")]
    BadQr,
    /// A code of a server that no account here belongs to. Nothing was sent.
    #[error("unknown_service")]
    UnknownService,
    /// Opened from outside: open the scanner in the app.
    #[error("scan_required")]
    ScanRequired,
    /// This kind of code cannot come this way. Open it another way.
    #[error("entry_not_allowed")]
    EntryNotAllowed,
    /// The server's root key is not the one that was expected. Warn.
    #[error("root_mismatch")]
    RootMismatch,
    /// A PIN that nobody should have. Choose another.
    #[error("pin_rejected")]
    PinRejected { rule: PinRule },
    /// The two entries differ. Choose again.
    #[error("pin_mismatch")]
    PinMismatch,
    /// A PIN has 4 to 12 digits: type it again. Nothing was sent.
    #[error("pin_incomplete")]
    PinIncomplete,
    /// The six digits of the browser, or of the new phone, are missing or not six digits. Type them.
    #[error("number_missing")]
    NumberMissing,
    /// The phone has lost this account's keys for good: pair again. No try was used up.
    #[error("needs_repair")]
    NeedsRepair,
    /// The key store is busy or locked: try again.
    #[error("key_store_busy")]
    KeyStoreBusy,
    /// The key store answered with something that cannot be: try again, then get help. Nothing was sent.
    #[error("key_fault")]
    KeyFault,
    /// What is kept of this account, or of all, is damaged: pair again.
    #[error("vault_corrupt")]
    VaultCorrupt,
    /// The vault file cannot be read or written now: free space, try again.
    #[error("vault_unavailable")]
    VaultUnavailable,
    /// The vault was written by a newer app: update.
    #[error("vault_too_new")]
    VaultTooNew,
    /// There is no such account on this phone.
    #[error("no_such_account")]
    NoSuchAccount,
    /// No way to the server.
    #[error("unreachable")]
    Unreachable { sent: bool },
    /// The certificate is not the paired server's: another network, or help. Nothing was sent.
    #[error("untrusted_server")]
    UntrustedServer,
    /// The server cannot answer now: wait as long as it says, zero if it did not.
    #[error("unavailable")]
    Unavailable { retry_in: Duration },
    /// Too many calls: wait as long as it says, zero if it did not.
    #[error("rate_limited")]
    RateLimited { retry_in: Duration },
    /// The server takes newer versions of this app only: update. Accounts stay as they are.
    #[error("app_too_old")]
    AppTooOld { min: Option<String> },
    /// The server does not know this phone's key: check again, then offer to pair again. Nothing is deleted.
    #[error("invalid_device_signature")]
    NotRecognised,
    /// The server locked this phone.
    #[error("authenticator_locked")]
    Locked { notice: Option<Notice> },
    /// The server removed this phone. Deletion may be offered only with a notice.
    #[error("authenticator_revoked")]
    Revoked { notice: Option<Notice> },
    /// The server refused with a code that has a sentence and no further consequence here.
    #[error("{}", code.as_str())]
    Refused { code: RefusalCode },
    /// A signed message broke a rule: nothing of it is shown; the defect is for support.
    #[error("message_refused")]
    MessageRefused { defect: Defect },
    /// A key set broke a rule: nothing changed.
    #[error("keyset_refused")]
    KeySetRefused { fault: KeySetFault },
    /// The offline code needs a key that this phone has not fetched yet: connect the phone once.
    #[error("connect_first")]
    ConnectFirst,
    /// A change of PIN or biometrics was sent and its outcome is not known yet: connect, then it settles by itself.
    #[error("change_pending")]
    ChangePending,
    /// The typed pairing code has a slip in it, or belongs to another server. Nothing, or nothing more, was sent.
    #[error("bad_code")]
    BadCode,
    /// Biometrics are not on for this account, or this machine has none.
    #[error("no_biometrics")]
    NoBiometrics,
    /// The camera's frame is not what its numbers say: a slip of the shell.
    #[error("bad_frame")]
    BadFrame,
    /// A transition that this state has not, or one that is under way already: a slip of the shell, a double tap.
    #[error("out_of_turn")]
    OutOfTurn,
    /// The machine gave no randomness or broke another promise.
    #[error("internal")]
    Internal,
}

/// The rule that a chosen PIN broke.
#[derive(Debug, uniffi::Enum)]
pub enum PinRule {
    /// Something else than the digits 0 to 9.
    NotDigits,
    /// Fewer digits than the service asks for.
    TooShort { min: u32 },
    /// More than 12 digits.
    TooLong,
    /// One digit, pair or triple repeated, or mirrored.
    Repetition,
    /// Each digit one more, or each one less, than the digit before.
    Row,
    /// A year or a date.
    Date,
    /// A line, or the corners, of the keypad.
    KeyLine,
}

/// A signed notice that is about this very phone and account.
#[derive(Debug, uniffi::Record)]
pub struct Notice {
    /// Locked or removed.
    pub state: NoticeState,
    /// Why.
    pub why: NoticeWhy,
    /// When, in seconds since 1970.
    pub at: u64,
}

/// What was wrong with a signed message.
#[derive(Debug, uniffi::Enum)]
pub enum Defect {
    /// It has not the form that is expected.
    Malformed,
    /// No key of the pinned set signed it.
    UnknownKey,
    /// The signature does not verify.
    BadSignature,
    /// It is of another server.
    OtherIssuer,
    /// It is for another phone.
    OtherPhone,
    /// It came another way than it says.
    OtherFlow,
    /// It belongs to another message than the one that was sent.
    OtherMessage,
    /// Its return address is not one of the server's.
    ReturnAddress,
    /// An answer without a part that it must have.
    Incomplete,
}

impl From<countersign_engine::Problem> for Problem {
    fn from(problem: countersign_engine::Problem) -> Self {
        use countersign_engine::Problem as Inner;
        match problem {
            Inner::BadQr => Self::BadQr,
            Inner::UnknownService => Self::UnknownService,
            Inner::ScanRequired => Self::ScanRequired,
            Inner::EntryNotAllowed => Self::EntryNotAllowed,
            Inner::RootMismatch => Self::RootMismatch,
            Inner::PinRejected { reason } => Self::PinRejected { rule: reason.into() },
            Inner::PinMismatch => Self::PinMismatch,
            Inner::PinIncomplete => Self::PinIncomplete,
            Inner::NumberMissing => Self::NumberMissing,
            Inner::NeedsRepair => Self::NeedsRepair,
            Inner::KeyStoreBusy => Self::KeyStoreBusy,
            Inner::KeyFault => Self::KeyFault,
            Inner::VaultCorrupt => Self::VaultCorrupt,
            Inner::VaultUnavailable => Self::VaultUnavailable,
            Inner::VaultTooNew => Self::VaultTooNew,
            Inner::NoSuchAccount => Self::NoSuchAccount,
            Inner::Unreachable { sent } => Self::Unreachable { sent },
            Inner::UntrustedServer => Self::UntrustedServer,
            Inner::Unavailable { retry_after } => Self::Unavailable { retry_in: seconds(retry_after) },
            Inner::RateLimited { retry_after } => Self::RateLimited { retry_in: seconds(retry_after) },
            Inner::AppTooOld { min } => Self::AppTooOld { min },
            Inner::NotRecognised => Self::NotRecognised,
            Inner::Locked { notice } => Self::Locked { notice: notice.map(Into::into) },
            Inner::Revoked { notice } => Self::Revoked { notice: notice.map(Into::into) },
            Inner::Refused { code } => Self::Refused { code },
            Inner::MessageRefused { fault } => Self::MessageRefused { defect: fault.into() },
            Inner::KeySetRefused { fault } => Self::KeySetRefused { fault },
            Inner::ConnectFirst => Self::ConnectFirst,
            Inner::ChangePending => Self::ChangePending,
            Inner::BadCode => Self::BadCode,
            Inner::NoBiometrics => Self::NoBiometrics,
            Inner::OutOfTurn => Self::OutOfTurn,
            Inner::Internal => Self::Internal,
        }
    }
}

/// A wait that is given in seconds.
pub(crate) const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A count for languages without `usize`.
pub(crate) fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl From<PinRejected> for Problem {
    fn from(reason: PinRejected) -> Self {
        Self::PinRejected { rule: reason.into() }
    }
}

impl From<PinRejected> for PinRule {
    fn from(reason: PinRejected) -> Self {
        match reason {
            PinRejected::NotDigits => Self::NotDigits,
            PinRejected::TooShort { min } => Self::TooShort { min: count(min) },
            PinRejected::TooLong => Self::TooLong,
            PinRejected::Repetition => Self::Repetition,
            PinRejected::Row => Self::Row,
            PinRejected::Date => Self::Date,
            PinRejected::KeyLine => Self::KeyLine,
        }
    }
}

impl From<NoticeView> for Notice {
    fn from(notice: NoticeView) -> Self {
        Self { state: notice.state, why: notice.why, at: notice.at.secs() }
    }
}

impl From<MessageDefect> for Defect {
    fn from(defect: MessageDefect) -> Self {
        match defect {
            MessageDefect::Jose(MessageFault::Malformed) => Self::Malformed,
            MessageDefect::Jose(MessageFault::UnknownKey) => Self::UnknownKey,
            MessageDefect::Jose(MessageFault::BadSignature) => Self::BadSignature,
            MessageDefect::Jose(MessageFault::OtherIssuer) => Self::OtherIssuer,
            MessageDefect::OtherPhone => Self::OtherPhone,
            MessageDefect::OtherFlow => Self::OtherFlow,
            MessageDefect::OtherMessage => Self::OtherMessage,
            MessageDefect::ReturnAddress => Self::ReturnAddress,
            MessageDefect::Incomplete => Self::Incomplete,
        }
    }
}

impl From<ScanError> for Problem {
    fn from(error: ScanError) -> Self {
        match error {
            ScanError::TooSmall | ScanError::TooLarge | ScanError::BadBuffer | ScanError::BadRegion => {
                Self::BadFrame
            }
        }
    }
}
