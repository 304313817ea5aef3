//! Content of the offline QR (3.6).

use super::{Head, ServerMessage, is_request_life};
use crate::id::{OfflineNonce, Tid};
use crate::json;
use crate::text::{SHORT, is_clean};
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// A sign-in for a phone without network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfflineRequest {
    /// `v`, `iss`.
    #[serde(flatten)]
    pub head: Head,
    /// The sign-in.
    pub tid: Tid,
    /// Random.
    pub n: OfflineNonce,
    /// When it was made.
    pub iat: Time,
    /// When it ends, by the server's clock.
    pub exp: Time,
    /// Name of the service, at most 64 bytes.
    pub rp: String,
    /// Masked user, at most 16 bytes.
    pub usr: String,
    /// Place of the browser, at most 40 bytes.
    #[serde(default, deserialize_with = "json::optional", skip_serializing_if = "Option::is_none")]
    pub geo: Option<String>,
    /// Picks the account on the phone.
    pub dv: String,
    /// `kid` of the off key to use.
    pub ok: String,
}

/// Most bytes of `rp`, `usr` and `geo`.
pub const MAX_BYTES: (usize, usize, usize) = (64, 16, 40);

impl ServerMessage for OfflineRequest {
    const TYP: &'static str = "map-oqr+jws";

    fn head(&self) -> &Head {
        &self.head
    }

    fn iat(&self) -> Time {
        self.iat
    }

    fn is_well_formed(&self) -> bool {
        let (rp, usr, geo) = MAX_BYTES;
        is_text(&self.rp, rp)
            && is_text(&self.usr, usr)
            && self.geo.as_deref().is_none_or(|place| is_text(place, geo))
            && is_request_life(self.iat, self.exp)
    }
}

fn is_text(text: &str, bytes: usize) -> bool {
    // The limit is in bytes here, so that the QR stays small (3.6 step 2).
    text.len() <= bytes && is_clean(text, bytes.max(SHORT))
}
