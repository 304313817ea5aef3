//! Success bodies of the device interface (3.1): plain JSON around signed texts.
//!
//! Nothing here is trusted by a phone before the JWS inside is verified.

use crate::id::{Aid, Eid, PhoneRef, ScanId, Thumbprint, Tid};
use crate::json;
use crate::message::Level;
use crate::secret::{ConfirmCode, EnrolSecret, FrameMac, Handle, ReturnCode, Ticket};
use crate::time::Iso;
use serde::{Deserialize, Serialize};

/// `GET /.well-known/map-keyset`.
#[derive(Serialize, Deserialize)]
pub struct KeysetsAnswer {
    /// Compact JWS, oldest first.
    pub keysets: Vec<String>,
}

/// `GET /v1/enrolments/{eid}`.
#[derive(Serialize, Deserialize)]
pub struct OfferAnswer {
    /// As in [`KeysetsAnswer`].
    pub keysets: Vec<String>,
    /// The offer.
    pub offer: String,
}

/// `GET /v1/typed/{lookup}`.
#[derive(Serialize, Deserialize)]
pub struct TypedAnswer {
    /// Sealed pairing data, base64url.
    pub r#box: String,
}

/// `POST /v1/enrolments/{eid}`.
#[derive(Serialize, Deserialize)]
pub struct EnrolAnswer {
    /// The phone's id; not trusted before the binding.
    pub aid: Aid,
    /// The code to type on the web page.
    pub cc: ConfirmCode,
    /// Return code of a same-device pairing.
    #[serde(deserialize_with = "json::nullable")]
    pub rc: Option<ReturnCode>,
}

/// `POST /v1/transactions/{tid}/response`.
#[derive(Serialize, Deserialize)]
pub struct ResponseAnswer {
    /// The receipt.
    pub receipt: String,
    /// Return code of a same-device sign-in.
    #[serde(deserialize_with = "json::nullable")]
    pub rc: Option<ReturnCode>,
}

/// Body of `POST /v1/scan`: with `t` and `m` a frame, without them a link.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScanBody {
    /// Handle.
    pub h: Handle,
    /// Step of the frame.
    #[serde(default, deserialize_with = "json::optional", skip_serializing_if = "Option::is_none")]
    pub t: Option<u32>,
    /// MAC of the frame.
    #[serde(default, deserialize_with = "json::optional", skip_serializing_if = "Option::is_none")]
    pub m: Option<FrameMac>,
    /// Random value of this scan.
    pub r: ScanId,
}

/// Answer of `POST /v1/scan`.
#[derive(Serialize, Deserialize)]
pub struct ScanAnswer {
    /// Right to claim.
    pub ticket: Ticket,
    /// Seconds it lives.
    pub exp_in: u64,
}

/// Answer of op `self`.
#[derive(Serialize, Deserialize)]
pub struct SelfAnswer {
    /// `enrolling`, `active` or `locked`; advisory.
    pub state: String,
    /// The binding; null only while enrolling.
    #[serde(deserialize_with = "json::nullable")]
    pub binding: Option<String>,
}

/// Answer of op `list`.
#[derive(Serialize, Deserialize)]
pub struct ListAnswer {
    /// Pending push requests, newest first, at most 3.
    pub requests: Vec<String>,
}

/// Answer of op `get`.
#[derive(Serialize, Deserialize)]
pub struct GetAnswer {
    /// State of the sign-in; advisory.
    pub state: String,
    /// Why, in final states.
    #[serde(default, deserialize_with = "json::optional", skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The request; null for an offline sign-in.
    #[serde(deserialize_with = "json::nullable")]
    pub request: Option<String>,
    /// The receipt, if this phone decided.
    #[serde(deserialize_with = "json::nullable")]
    pub receipt: Option<String>,
}

/// Answer of op `claim`.
#[derive(Serialize, Deserialize)]
pub struct ClaimAnswer {
    /// The receipt of the op.
    pub receipt: String,
    /// The request.
    pub request: String,
}

/// Answer of the ops `settle`, `rekey`, `add_factor`, `remove_factor` and `ack_keyset`.
#[derive(Serialize, Deserialize)]
pub struct BindingAnswer {
    /// The receipt of the op.
    pub receipt: String,
    /// The binding.
    pub binding: String,
}

/// Answer of op `list_devices`.
#[derive(Serialize, Deserialize)]
pub struct DevicesAnswer {
    /// The receipt of the op.
    pub receipt: String,
    /// The phones of the account.
    pub devices: Vec<DeviceEntry>,
}

/// One phone in [`DevicesAnswer`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceEntry {
    /// Its id among the phones of the account.
    pub r#ref: PhoneRef,
    /// Name, `Pixel 9`.
    pub name: String,
    /// Operating system, `Android 17`.
    pub os: String,
    /// Protection of its keys.
    pub level: Level,
    /// `active` or `locked`.
    pub state: String,
    /// When it was paired, RFC 3339 UTC.
    pub created: String,
    /// When it was used last, RFC 3339 UTC; null if never.
    #[serde(deserialize_with = "json::nullable")]
    pub last_used: Option<String>,
    /// Whether it is the phone that asks.
    pub this: bool,
}

/// Answer of op `new_enrolment`.
#[derive(Serialize, Deserialize)]
pub struct NewEnrolmentAnswer {
    /// The receipt of the op.
    pub receipt: String,
    /// What the pairing QR of the new phone is made of.
    pub enrolment: NewEnrolment,
}

/// Pairing data in [`NewEnrolmentAnswer`].
#[derive(Serialize, Deserialize)]
pub struct NewEnrolment {
    /// The enrolment.
    pub eid: Eid,
    /// Its secret.
    pub es: EnrolSecret,
    /// Thumbprint of the server's root key.
    pub root_jkt: Thumbprint,
    /// When it ends.
    pub exp: Iso,
}

/// Answer of every other op.
#[derive(Serialize, Deserialize)]
pub struct ReceiptAnswer {
    /// The receipt of the op.
    pub receipt: String,
}

/// States of a sign-in (3.13.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInState {
    /// Made, not opened by a phone yet (QR, link).
    Created,
    /// Waits for an answer (push) or a code (offline).
    Pending,
    /// Opened by a phone (QR, link).
    Claimed,
    /// Approved, not completed by the service yet.
    Approved,
    /// Completed by the service.
    Completed,
    /// Refused on the phone.
    Denied,
    /// "It wasn't me".
    Reported,
    /// Three wrong numbers or codes.
    Failed,
    /// Ended by the service or by what happened to the phone.
    Cancelled,
    /// Out of time.
    Expired,
}

impl SignInState {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Pending => "pending",
            Self::Claimed => "claimed",
            Self::Approved => "approved",
            Self::Completed => "completed",
            Self::Denied => "denied",
            Self::Reported => "reported",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// The state of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        use SignInState as S;
        [S::Created, S::Pending, S::Claimed, S::Approved, S::Completed, S::Denied, S::Reported, S::Failed]
            .into_iter()
            .chain([S::Cancelled, S::Expired])
            .find(|state| state.as_str() == name)
    }

    /// Whether a phone or a code can still decide.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Created | Self::Pending | Self::Claimed)
    }
}

/// Path of the answer to a request.
pub fn response_path(tid: &Tid) -> String {
    format!("/v1/transactions/{tid}/response")
}
