//! Binding: the signed result of a pairing (3.1).

use super::{Confirmation, Head, Level, ServerMessage};
use crate::id::{Aid, Fid, Jti};
use crate::json;
use crate::text::{LONG, is_clean};
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// What the server holds of this phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    /// `v`, `iss`.
    #[serde(flatten)]
    pub head: Head,
    /// When it was made.
    pub iat: Time,
    /// The phone's id at this server.
    pub aid: Aid,
    /// `jti` of the op that it answers; the phone refuses another.
    pub r#ref: Jti,
    /// The device key.
    pub cnf: Confirmation,
    /// The PIN factor.
    pub fid: Fid,
    /// The biometric factor, if there is one.
    #[serde(deserialize_with = "json::nullable")]
    pub bio_fid: Option<Fid>,
    /// Account label.
    pub account: String,
    /// Protection as the server recorded it.
    pub level: Level,
    /// Newest key set version.
    pub ver: u64,
}

impl ServerMessage for Binding {
    const TYP: &'static str = "map-binding+jws";

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
