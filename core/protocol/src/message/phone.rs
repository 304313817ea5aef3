//! What every answer and operation of a phone shares: step 5 of 3.0.7.

use crate::id::{Aid, Jti};
use crate::json::{self, BadJson};
use crate::time::Time;
use serde::Deserialize;

/// The common members, read before the message's own so that the order of checks is kept.
#[derive(Deserialize)]
pub struct PhoneMessage {
    v: u64,
    /// The phone that says it speaks.
    pub iss: String,
    /// The server that is meant.
    pub aud: String,
    /// Id of the message.
    pub jti: Jti,
    /// The phone's clock; logged, never judged (T17).
    pub iat: Time,
    /// The operation, in operations.
    #[serde(default, deserialize_with = "json::optional")]
    pub op: Option<String>,
    /// The decision, in answers.
    #[serde(default, deserialize_with = "json::optional")]
    pub dec: Option<String>,
}

impl PhoneMessage {
    /// Strict JSON, `v`, `jti`, `iat` and types.
    pub fn parse(payload: &[u8]) -> Result<Self, BadJson> {
        let message: Self = json::parse(payload)?;
        if message.v == super::VERSION { Ok(message) } else { Err(BadJson) }
    }

    /// Whether `iss` is this phone.
    pub fn is_from(&self, aid: &Aid) -> bool {
        Aid::parse(&self.iss).is_ok_and(|iss| iss == *aid)
    }
}
