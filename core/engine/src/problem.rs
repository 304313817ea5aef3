//! Why something did not go on: one variant for each thing that a shell does about it (architecture.md 2.6).
//!
//! Fields are typed and there is no text for people; [`Problem::code`] finds the sentence in a catalogue. What a
//! server says unsigned only changes what is shown (3.0.9).

use crate::port::{KeyStoreError, RandomFault, StoreFault, TransportFault};
use countersign_protocol::keyset::{KeySetFault, MessageFault};
use countersign_protocol::message::notice::{NoticeState, NoticeWhy};
use countersign_protocol::problem::Code;
use countersign_protocol::time::Time;
use countersign_vault::derive::{DeriveError, PinKeyError};
use countersign_vault::pin_rules::PinRejected;
use countersign_vault::seal::SealError;

/// A signed notice that is about this very binding: valid, or it is not here (N128).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeView {
    /// Locked or removed. Deleting the account from the phone may be offered only for `Revoked`.
    pub state: NoticeState,
    /// Why.
    pub why: NoticeWhy,
    /// When.
    pub at: Time,
}

/// Why something did not go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
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
    PinRejected {
        /// The rule.
        reason: PinRejected,
    },
    /// The two entries differ. Choose again.
    #[error("pin_mismatch")]
    PinMismatch,
    /// A PIN has 4 to 12 digits: type it again. Nothing was sent.
    #[error("pin_incomplete")]
    PinIncomplete,
    /// The six digits of the browser are missing or not six digits. Type them.
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
    Unreachable {
        /// Whether something may have arrived there.
        sent: bool,
    },
    /// The certificate is not the paired server's: another network, or help. Nothing was sent.
    #[error("untrusted_server")]
    UntrustedServer,
    /// The server cannot answer now.
    #[error("unavailable")]
    Unavailable {
        /// Seconds to wait, 0 if it did not say.
        retry_after: u64,
    },
    /// Too many calls.
    #[error("rate_limited")]
    RateLimited {
        /// Seconds to wait, 0 if it did not say.
        retry_after: u64,
    },
    /// The server takes newer versions of this app only: update. Accounts stay as they are.
    #[error("app_too_old")]
    AppTooOld {
        /// Oldest version that is taken, if it was said.
        min: Option<String>,
    },
    /// The server does not know this phone's key: check again, then offer to pair again. Nothing is deleted.
    #[error("invalid_device_signature")]
    NotRecognised,
    /// The server locked this phone.
    #[error("authenticator_locked")]
    Locked {
        /// The notice, if a valid one came with it.
        notice: Option<NoticeView>,
    },
    /// The server removed this phone. Deletion may be offered only with a valid notice.
    #[error("authenticator_revoked")]
    Revoked {
        /// The notice, if a valid one came with it.
        notice: Option<NoticeView>,
    },
    /// The server refused with a code that has a sentence and no further consequence here.
    #[error("{}", code.as_str())]
    Refused {
        /// The code.
        code: Code,
    },
    /// A signed message broke a rule: nothing of it is shown; the reason is for support.
    #[error("message_refused")]
    MessageRefused {
        /// What was wrong.
        fault: MessageDefect,
    },
    /// A key set broke a rule: nothing changed.
    #[error("keyset_refused")]
    KeySetRefused {
        /// What was wrong.
        fault: KeySetFault,
    },
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
    /// A transition that this state has not: a slip of the shell.
    #[error("out_of_turn")]
    OutOfTurn,
    /// The machine gave no randomness or broke another promise.
    #[error("internal")]
    Internal,
}

/// What was wrong with a signed message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageDefect {
    /// Signature, key, issuer or form.
    Jose(MessageFault),
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

impl Problem {
    /// The code under which a catalogue keeps the sentence and the next step.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BadQr => "bad_qr",
            Self::UnknownService => "unknown_service",
            Self::ScanRequired => "scan_required",
            Self::EntryNotAllowed => "entry_not_allowed",
            Self::RootMismatch => "root_mismatch",
            Self::PinRejected { .. } => "pin_rejected",
            Self::PinMismatch => "pin_mismatch",
            Self::PinIncomplete => "pin_incomplete",
            Self::NumberMissing => "number_missing",
            Self::NeedsRepair => "needs_repair",
            Self::KeyStoreBusy => "key_store_busy",
            Self::KeyFault => "key_fault",
            Self::VaultCorrupt => "vault_corrupt",
            Self::VaultUnavailable => "vault_unavailable",
            Self::VaultTooNew => "vault_too_new",
            Self::NoSuchAccount => "no_such_account",
            Self::Unreachable { .. } => "unreachable",
            Self::UntrustedServer => "untrusted_server",
            Self::Unavailable { .. } => "unavailable",
            Self::RateLimited { .. } => "rate_limited",
            Self::AppTooOld { .. } => "app_too_old",
            Self::NotRecognised => "invalid_device_signature",
            Self::Locked { .. } => "authenticator_locked",
            Self::Revoked { .. } => "authenticator_revoked",
            Self::Refused { code } => code.as_str(),
            Self::MessageRefused { .. } => "message_refused",
            Self::KeySetRefused { .. } => "keyset_refused",
            Self::ConnectFirst => "connect_first",
            Self::ChangePending => "change_pending",
            Self::BadCode => "bad_code",
            Self::NoBiometrics => "no_biometrics",
            Self::OutOfTurn => "out_of_turn",
            Self::Internal => "internal",
        }
    }
}

impl From<StoreFault> for Problem {
    fn from(fault: StoreFault) -> Self {
        match fault {
            StoreFault::Unavailable | StoreFault::Stale => Self::VaultUnavailable,
            StoreFault::Corrupt => Self::VaultCorrupt,
            StoreFault::TooNew => Self::VaultTooNew,
        }
    }
}

impl From<SealError> for Problem {
    fn from(_: SealError) -> Self {
        Self::VaultCorrupt
    }
}

impl From<RandomFault> for Problem {
    fn from(_: RandomFault) -> Self {
        Self::Internal
    }
}

impl From<KeyStoreError> for Problem {
    fn from(error: KeyStoreError) -> Self {
        match error {
            error if error.is_permanent() => Self::NeedsRepair,
            KeyStoreError::Transient | KeyStoreError::TimedOut => Self::KeyStoreBusy,
            _ => Self::KeyFault,
        }
    }
}

impl From<TransportFault> for Problem {
    fn from(fault: TransportFault) -> Self {
        match fault {
            TransportFault::NotConnected => Self::Unreachable { sent: false },
            TransportFault::NoAnswer | TransportFault::BadAnswer => Self::Unreachable { sent: true },
            TransportFault::Untrusted => Self::UntrustedServer,
        }
    }
}

impl From<KeySetFault> for Problem {
    fn from(fault: KeySetFault) -> Self {
        match fault {
            KeySetFault::RootMismatch => Self::RootMismatch,
            fault => Self::KeySetRefused { fault },
        }
    }
}

impl From<MessageFault> for Problem {
    fn from(fault: MessageFault) -> Self {
        Self::MessageRefused { fault: MessageDefect::Jose(fault) }
    }
}

impl From<MessageDefect> for Problem {
    fn from(fault: MessageDefect) -> Self {
        Self::MessageRefused { fault }
    }
}

impl From<DeriveError<Self>> for Problem {
    fn from(error: DeriveError<Self>) -> Self {
        match error {
            DeriveError::Pin(_) => Self::PinIncomplete,
            DeriveError::Prf(problem) => problem,
            DeriveError::Issuer | DeriveError::Kdf(_) | DeriveError::Internal => Self::Internal,
        }
    }
}

impl From<PinKeyError> for Problem {
    fn from(_: PinKeyError) -> Self {
        Self::Internal
    }
}
