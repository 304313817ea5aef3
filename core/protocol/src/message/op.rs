//! Every other operation of a phone (3.7): one message type, reads included.

mod operation;

pub use operation::{AddFactor, EnrolmentKind, NewDevice, Operation, Rekey};

use super::VERSION;
use crate::id::{Aid, Jti};
use crate::issuer::Issuer;
use crate::json::{self, BadJson};
use crate::time::Time;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Longest server nonce.
pub const MAX_NONCE: usize = 128;

/// Whether the operation of this name is a read (3.0.6).
pub const fn is_read(name: &str) -> bool {
    matches!(name.as_bytes(), b"self" | b"list" | b"get")
}

/// An operation message.
pub struct Op {
    /// The phone.
    pub iss: Aid,
    /// The server.
    pub aud: Issuer,
    /// What is asked for.
    pub operation: Operation,
    /// A server nonce, or empty when the phone has none yet.
    pub nonce: String,
    /// Id of this message.
    pub jti: Jti,
    /// The phone's clock.
    pub iat: Time,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    v: u64,
    iss: Aid,
    aud: Issuer,
    op: String,
    args: Value,
    nonce: String,
    jti: Jti,
    iat: Time,
}

impl Op {
    /// Step 8a: members and forms; an unknown operation or argument is malformed.
    pub fn parse(payload: &[u8]) -> Result<Self, BadJson> {
        let wire: Wire = json::parse(payload)?;
        let Value::Object(args) = wire.args else { return Err(BadJson) };
        if wire.v != VERSION {
            return Err(BadJson);
        }
        let operation = Operation::from_wire(&wire.op, args)?;
        Ok(Self { iss: wire.iss, aud: wire.aud, operation, nonce: wire.nonce, jti: wire.jti, iat: wire.iat })
    }

    /// The payload to sign.
    pub fn to_payload(&self) -> Result<Vec<u8>, BadJson> {
        json::to_vec(&Wire {
            v: VERSION,
            iss: self.iss,
            aud: self.aud.clone(),
            op: self.operation.name().to_owned(),
            args: self.operation.args()?,
            nonce: self.nonce.clone(),
            jti: self.jti,
            iat: self.iat,
        })
    }
}

/// Whether `nonce` could be a server nonce by form: 1–128 of `A–Z a–z 0–9 - _`.
pub fn is_nonce(nonce: &str) -> bool {
    (1..=MAX_NONCE).contains(&nonce.len())
        && nonce.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
