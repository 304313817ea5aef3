//! Accounts as a shell lists them.

use countersign_engine::AccountId;
use countersign_engine::account as inner;
use countersign_protocol::message::Level;
use countersign_protocol::message::notice::NoticeWhy;

/// One account on this phone.
#[derive(Clone, uniffi::Record)]
pub struct Account {
    /// Names it.
    pub id: AccountId,
    /// What the person sees of it; nothing if it cannot be read any more.
    pub label: Option<Label>,
    /// How far it is.
    pub state: AccountState,
}

/// What a person sees of an account.
#[derive(Clone, uniffi::Record)]
pub struct Label {
    /// The server's address.
    pub iss: String,
    /// The server's name, from its signed key set; the address always stands beside it.
    pub server: String,
    /// The account: masked until the pairing is over.
    pub account: String,
    /// Protection of the keys as the server recorded it.
    pub level: Option<Level>,
    /// Whether finger or face may approve.
    pub biometrics: bool,
}

/// How far an account is.
#[derive(Clone, uniffi::Enum)]
pub enum AccountState {
    /// Being paired; the code to type on the web page, if the server gave one.
    Pairing { code: Option<String> },
    /// Can approve.
    Active,
    /// Removed by the server, which signed for it: deletion may be offered. `at` in seconds since 1970.
    Removed { why: NoticeWhy, at: u64 },
    /// Cannot be read: pair again.
    Damaged,
}

impl From<inner::Account> for Account {
    fn from(account: inner::Account) -> Self {
        let inner::Account { id, label, state } = account;
        Self { id, label: label.map(Into::into), state: state.into() }
    }
}

impl From<inner::Label> for Label {
    fn from(label: inner::Label) -> Self {
        let inner::Label { iss, server, account, level, biometrics } = label;
        Self { iss: iss.as_str().to_owned(), server, account, level, biometrics }
    }
}

impl From<inner::AccountState> for AccountState {
    fn from(state: inner::AccountState) -> Self {
        match state {
            inner::AccountState::Pairing { code } => {
                Self::Pairing { code: code.map(|code| code.expose().to_owned()) }
            }
            inner::AccountState::Active => Self::Active,
            inner::AccountState::Removed { why, at } => Self::Removed { why, at: at.secs() },
            inner::AccountState::Damaged => Self::Damaged,
        }
    }
}

/// All of them.
pub(crate) fn all(accounts: Vec<inner::Account>) -> Vec<Account> {
    accounts.into_iter().map(Into::into).collect()
}
