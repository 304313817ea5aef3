//! The messages of MAP/1, one file each: their members as sent, their forms, and the types after the checks.
//!
//! From the server: [`ServerMessage`], read only through [`crate::keyset::KeySet::open`]. From a phone: an envelope
//! ([`PhoneMessage`]) that every message shares, then the message's own members.

pub mod binding;
pub mod enrol;
pub mod notice;
pub mod offer;
pub mod offline;
pub mod op;
pub mod phone;
pub mod receipt;
pub mod request;
pub mod response;

pub use phone::PhoneMessage;

use crate::issuer::Issuer;
use crate::time::Time;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The version in `v`.
pub const VERSION: u64 = 1;

/// A message that a server's sign key signs.
pub trait ServerMessage: DeserializeOwned {
    /// Its `typ`.
    const TYP: &'static str;

    /// `v` and `iss`.
    fn head(&self) -> &Head;

    /// When the server made it.
    fn iat(&self) -> Time;

    /// Whether the forms that its own section demands hold.
    fn is_well_formed(&self) -> bool {
        true
    }
}

/// What every server message begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Always 1.
    pub v: u64,
    /// The server.
    pub iss: Issuer,
}

/// The protection of a phone's keys, from least to most (3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Keys in software.
    Software,
    /// Trusted execution environment.
    Tee,
    /// Secure Enclave; ranks with `tee`.
    SecureEnclave,
    /// A secure element.
    Strongbox,
}

impl Level {
    /// Rank for comparisons: software < tee = secure_enclave < strongbox.
    pub const fn rank(self) -> u8 {
        match self {
            Self::Software => 0,
            Self::Tee | Self::SecureEnclave => 1,
            Self::Strongbox => 2,
        }
    }

    /// The byte in the row tag (3.0.7), without the bit for attested.
    pub const fn tag(self) -> u8 {
        match self {
            Self::Software => 0,
            Self::Tee => 1,
            Self::SecureEnclave => 2,
            Self::Strongbox => 3,
        }
    }

    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Software => "software",
            Self::Tee => "tee",
            Self::SecureEnclave => "secure_enclave",
            Self::Strongbox => "strongbox",
        }
    }
}

/// A factor that can approve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    /// PIN key.
    Pin,
    /// Biometric key.
    Bio,
}

/// How a request reached the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// From the list, woken by a push or pulled.
    Push,
    /// By the in-app scanner.
    Scan,
    /// By a verified link on the same device.
    Link,
}

impl Flow {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Push => "push",
            Self::Scan => "scan",
            Self::Link => "link",
        }
    }
}

/// `cnf` of a binding or notice: which device key it is about (RFC 7800's manner).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Thumbprint of the device key.
    pub jkt: crate::id::Thumbprint,
}

/// Seconds that a message made at `iat` may live at most (3.4.3).
pub const MAX_REQUEST_LIFE: u64 = 600;

/// Whether `exp` is later than `iat` and not by more than [`MAX_REQUEST_LIFE`].
pub(crate) fn is_request_life(iat: Time, exp: Time) -> bool {
    exp > iat && exp.since(iat) <= MAX_REQUEST_LIFE
}
