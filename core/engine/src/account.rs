//! Accounts as a shell shows them.

use crate::problem::Problem;
use crate::vault::{Binding, BindingState, LoadedBinding, Removal};
use countersign_protocol::encoding::hex;
use countersign_protocol::issuer::Issuer;
use countersign_protocol::message::Level;
use countersign_protocol::message::notice::NoticeWhy;
use countersign_protocol::secret::ConfirmCode;
use countersign_protocol::time::Time;
use std::fmt;

/// Names one account on this phone; means nothing elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AccountId(pub(crate) u64);

impl AccountId {
    /// The id of this number, which [`AccountId::value`] gave. One that no account has leads to
    /// [`Problem::NoSuchAccount`].
    pub const fn from_value(value: u64) -> Self {
        Self(value)
    }

    /// A number for languages that cannot hold this type.
    pub const fn value(self) -> u64 {
        self.0
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0.to_be_bytes()))
    }
}

/// One account on this phone.
#[derive(Clone)]
pub struct Account {
    /// Names it.
    pub id: AccountId,
    /// What the person sees of it; nothing if it cannot be read any more.
    pub label: Option<Label>,
    /// How far it is.
    pub state: AccountState,
}

/// What a person sees of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The server.
    pub iss: Issuer,
    /// Its name, from the signed key set; always shown beside the host.
    pub server: String,
    /// The account: masked until the pairing is over.
    pub account: String,
    /// Protection of the keys as the server recorded it.
    pub level: Option<Level>,
    /// Whether finger or face may approve.
    pub biometrics: bool,
}

/// How far an account is. No `Debug`: a confirm code may be in it.
#[derive(Clone)]
pub enum AccountState {
    /// Being paired.
    Pairing {
        /// The code to type on the web page, if the server gave one.
        code: Option<ConfirmCode>,
    },
    /// Can approve.
    Active,
    /// Removed by the server, which signed for it: deletion may be offered.
    Removed {
        /// Why.
        why: NoticeWhy,
        /// When.
        at: Time,
    },
    /// Cannot be read: pair again.
    Damaged,
}

impl Account {
    pub(crate) fn of(loaded: &LoadedBinding) -> Self {
        match loaded {
            LoadedBinding::Damaged { id } => {
                Self { id: AccountId(*id), label: None, state: AccountState::Damaged }
            }
            LoadedBinding::Intact(binding) => Self::of_binding(binding),
        }
    }

    pub(crate) fn of_binding(binding: &Binding) -> Self {
        let state = match &binding.state {
            BindingState::Enrolling { .. } => AccountState::Pairing { code: binding.confirm_code() },
            BindingState::Active => AccountState::Active,
            BindingState::Removed(Removal { why, at }) => AccountState::Removed { why: *why, at: *at },
        };
        match Label::of(binding) {
            Ok(label) => Self { id: AccountId(binding.id), label: Some(label), state },
            Err(_) => Self { id: AccountId(binding.id), label: None, state: AccountState::Damaged },
        }
    }
}

impl Label {
    pub(crate) fn of(binding: &Binding) -> Result<Self, Problem> {
        Ok(Self {
            iss: binding.iss.clone(),
            server: binding.keyset()?.content().name.clone(),
            account: binding.account.clone(),
            level: binding.level,
            biometrics: binding.bio.is_some(),
        })
    }
}
