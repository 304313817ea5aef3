//! Signed notice of a lock or a revocation (3.1). Only a valid one lets the phone offer deletion (3.7.2).

use super::{Confirmation, Head, ServerMessage};
use crate::id::Aid;
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// A phone's end or pause, signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// `v`, `iss`.
    #[serde(flatten)]
    pub head: Head,
    /// When it was made.
    pub iat: Time,
    /// The phone.
    pub aud: Aid,
    /// Its device key: a notice for a former key of the same phone is worth nothing.
    pub cnf: Confirmation,
    /// What happened.
    pub state: NoticeState,
    /// Why.
    pub why: NoticeWhy,
    /// When it happened.
    pub at: Time,
}

/// What a notice tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeState {
    /// Removed for good.
    Revoked,
    /// Stopped until it is unlocked.
    Locked,
}

/// Why it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeWhy {
    /// The person, on a phone.
    User,
    /// The person, on the web.
    Web,
    /// Another phone took its place.
    Moved,
    /// The operator.
    Operator,
    /// Too many wrong PINs.
    Attempts,
}

impl NoticeWhy {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Web => "web",
            Self::Moved => "moved",
            Self::Operator => "operator",
            Self::Attempts => "attempts",
        }
    }

    /// The reason of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::User, Self::Web, Self::Moved, Self::Operator, Self::Attempts]
            .into_iter()
            .find(|why| why.as_str() == name)
    }
}

impl ServerMessage for Notice {
    const TYP: &'static str = "map-notice+jws";

    fn head(&self) -> &Head {
        &self.head
    }

    fn iat(&self) -> Time {
        self.iat
    }
}
