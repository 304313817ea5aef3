//! Pairing offer (3.3 step 4).

use super::{Head, Level, ServerMessage};
use crate::id::{Eid, Nonce};
use crate::json;
use crate::text::{LONG, is_clean};
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// What the server proposes to the phone that read the pairing QR.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// `v`, `iss`.
    #[serde(flatten)]
    pub head: Head,
    /// When it was made.
    pub iat: Time,
    /// The enrolment.
    pub eid: Eid,
    /// Goes back in the enrol message.
    pub nonce: Nonce,
    /// End of the enrolment.
    pub exp: Time,
    /// Masked account label.
    pub account: String,
    /// A first pairing, or a move from another phone.
    pub kind: OfferKind,
    /// What the server does with attestations.
    pub attest: AttestPolicy,
    /// Least protection that is accepted.
    pub min_level: Level,
    /// Where a same-device pairing returns to.
    #[serde(deserialize_with = "json::nullable")]
    pub ret: Option<String>,
}

/// Why a pairing is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferKind {
    /// A phone is added.
    New,
    /// A phone takes the place of another.
    Migrate,
}

/// Policy for key attestation (2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttestPolicy {
    /// Not looked at.
    #[default]
    Off,
    /// Looked at and written down.
    Log,
    /// Needed.
    Enforce,
}

impl AttestPolicy {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Log => "log",
            Self::Enforce => "enforce",
        }
    }
}

impl ServerMessage for Offer {
    const TYP: &'static str = "map-offer+jws";

    fn head(&self) -> &Head {
        &self.head
    }

    fn iat(&self) -> Time {
        self.iat
    }

    fn is_well_formed(&self) -> bool {
        is_clean(&self.account, LONG)
    }
}
