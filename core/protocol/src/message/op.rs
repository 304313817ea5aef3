//! Every other operation of a phone (3.7): one message type, reads included.

use super::VERSION;
use crate::id::{Aid, Jti, Tid};
use crate::issuer::Issuer;
use crate::json::{self, BadJson};
use crate::secret::Ticket;
use crate::time::Time;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Longest server nonce.
pub const MAX_NONCE: usize = 128;

/// What is asked for, with its arguments.
pub enum Operation {
    /// State of this phone, and its binding.
    SelfState,
    /// Pending push requests.
    List,
    /// State of one sign-in.
    Get(Tid),
    /// Binds a scanned sign-in to this phone.
    Claim(Ticket),
    /// "It wasn't me", whatever the state of the sign-in.
    Report(Tid),
    /// A newer key set was stored.
    AckKeyset(u64),
}

impl Operation {
    /// The name in `op`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::SelfState => "self",
            Self::List => "list",
            Self::Get(_) => "get",
            Self::Claim(_) => "claim",
            Self::Report(_) => "report",
            Self::AckKeyset(_) => "ack_keyset",
        }
    }

    /// Whether it changes nothing and keeps no row (3.0.6).
    pub const fn is_read(&self) -> bool {
        is_read(self.name())
    }

    fn args(&self) -> Value {
        match self {
            Self::SelfState | Self::List => serde_json::json!({}),
            Self::Get(tid) | Self::Report(tid) => serde_json::json!({"tid": tid}),
            Self::Claim(ticket) => serde_json::json!({"ticket": ticket}),
            Self::AckKeyset(ver) => serde_json::json!({"ver": ver}),
        }
    }

    fn from_wire(name: &str, args: Map<String, Value>) -> Result<Self, BadJson> {
        let mut args = Args(args);
        let operation = match name {
            "self" => Self::SelfState,
            "list" => Self::List,
            "get" => Self::Get(args.take("tid")?),
            "claim" => Self::Claim(args.take("ticket")?),
            "report" => Self::Report(args.take("tid")?),
            "ack_keyset" => Self::AckKeyset(args.take("ver")?),
            _ => return Err(BadJson),
        };
        args.end()?;
        Ok(operation)
    }
}

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
            args: self.operation.args(),
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

struct Args(Map<String, Value>);

impl Args {
    fn take<T: serde::de::DeserializeOwned>(&mut self, name: &str) -> Result<T, BadJson> {
        let value = self.0.remove(name).ok_or(BadJson)?;
        serde_json::from_value(value).map_err(|_| BadJson)
    }

    fn end(self) -> Result<(), BadJson> {
        if self.0.is_empty() { Ok(()) } else { Err(BadJson) }
    }
}
