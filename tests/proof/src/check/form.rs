//! Forms beneath the messages.

use super::{from_hex, must, stated, text as member};
use countersign_protocol::encoding::{b64u, from_b64u, hex};
use countersign_protocol::json as strict;
use countersign_protocol::key::{Jwk, PublicKey};
use countersign_protocol::problem::Problem;
use countersign_protocol::text::is_clean;
use countersign_vault::device_key::{normalise_signature, verify};
use serde_json::Value;

pub fn text(group: &Value, test: &Value) -> Option<()> {
    must(is_clean(member(test, "text")?, usize::try_from(group["limit"].as_u64()?).ok()?))
}

/// A key out of its JWK.
pub fn key(jwk: &Value) -> Option<PublicKey> {
    let jwk: Jwk = serde_json::from_value(jwk.clone()).ok()?;
    PublicKey::from_jwk(&jwk).ok()
}

pub fn jwk(_: &Value, test: &Value) -> Option<()> {
    stated(test, "jkt", &key(&test["jwk"])?.thumbprint().to_string())
}

pub fn signature(group: &Value, test: &Value) -> Option<()> {
    let signature = from_b64u(member(test, "signature")?).ok()?;
    must(key(&group["jwk"])?.verifies(member(group, "message")?.as_bytes(), &signature))
}

pub fn signature_form(group: &Value, test: &Value) -> Option<()> {
    let raw = normalise_signature(&from_b64u(member(test, "signature")?).ok()?).ok()?;
    stated(test, "raw", &b64u(&raw))?;
    verify(key(&group["jwk"])?.as_sec1(), member(group, "message")?.as_bytes(), &raw).ok()
}

pub fn base64url(_: &Value, test: &Value) -> Option<()> {
    stated(test, "hex", &hex(&from_b64u(member(test, "text")?).ok()?))
}

pub fn json(_: &Value, test: &Value) -> Option<()> {
    strict::check(&from_hex(member(test, "hex")?)?).ok()
}

pub fn problem(_: &Value, test: &Value) -> Option<()> {
    let problem = Problem::from_body(member(test, "body")?.as_bytes())?;
    stated(test, "code", problem.code.as_str())?;
    must(test.get("attempts_left").and_then(Value::as_u64) == problem.members.attempts_left.map(u64::from))
}
