//! Server to phone: Compact JWS (RFC 7515 section 3.1).

use super::header::{KeyName, Members};
use crate::encoding::{b64u, from_b64u};
use crate::key::PublicKey;
use crate::signer::Signer;
use serde_json::json;

/// Longest compact JWS that is looked at, in bytes (answers are at most 64 KiB).
pub const MAX_COMPACT: usize = 64 * 1024;

/// Text that is no compact JWS of this profile and `typ`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a compact JWS of the expected type")]
pub struct BadCompact;

/// A compact JWS whose signature is not verified yet.
pub struct Compact<'a> {
    key: KeyName,
    input: &'a str,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

impl<'a> Compact<'a> {
    /// Takes a compact JWS apart; its header must be exactly `alg typ kid` with this `typ`.
    pub fn parse(text: &'a str, typ: &str) -> Result<Self, BadCompact> {
        Self::parse_with(text, typ, |members| members.kid(false).map_err(|_| BadCompact))
    }

    /// The same for a message whose header carries the key (`alg typ jwk`).
    pub fn parse_self_keyed(text: &'a str, typ: &str) -> Result<Self, BadCompact> {
        Self::parse_with(text, typ, |members| members.jwk(false).map_err(|_| BadCompact))
    }

    fn parse_with(
        text: &'a str,
        typ: &str,
        key: impl FnOnce(&Members) -> Result<KeyName, BadCompact>,
    ) -> Result<Self, BadCompact> {
        if text.len() > MAX_COMPACT {
            return Err(BadCompact);
        }
        let (input, signature) = text.rsplit_once('.').ok_or(BadCompact)?;
        let (header, payload) = input.split_once('.').ok_or(BadCompact)?;
        let members = Members::parse(&decoded(header)?).map_err(|_| BadCompact)?;
        if members.typ().map_err(|_| BadCompact)? != typ {
            return Err(BadCompact);
        }
        Ok(Self { key: key(&members)?, input, payload: decoded(payload)?, signature: decoded(signature)? })
    }

    /// The key id in the header.
    pub fn kid(&self) -> Option<&str> {
        match &self.key {
            KeyName::Kid(kid) => Some(kid),
            KeyName::Key(_) => None,
        }
    }

    /// The key in the header.
    pub fn header_key(&self) -> Option<&PublicKey> {
        match &self.key {
            KeyName::Kid(_) => None,
            KeyName::Key(key) => Some(key),
        }
    }

    /// The payload, if `key` signed it.
    pub fn verify(self, key: &PublicKey) -> Option<Vec<u8>> {
        key.verifies(self.input.as_bytes(), &self.signature).then_some(self.payload)
    }
}

/// Signs `payload` with a server key.
pub fn sign<S: Signer>(typ: &str, kid: &str, payload: &[u8], signer: &S) -> Result<String, S::Error> {
    finish(&json!({"alg": "ES256", "typ": typ, "kid": kid}).to_string(), payload, signer)
}

/// Signs `payload` with a key that the header carries (key sets, by root).
pub fn sign_self_keyed<S: Signer>(
    typ: &str,
    key: &PublicKey,
    payload: &[u8],
    signer: &S,
) -> Result<String, S::Error> {
    finish(&json!({"alg": "ES256", "typ": typ, "jwk": key.to_jwk()}).to_string(), payload, signer)
}

fn finish<S: Signer>(header: &str, payload: &[u8], signer: &S) -> Result<String, S::Error> {
    let mut text = format!("{}.{}", b64u(header.as_bytes()), b64u(payload));
    let signature = signer.sign(text.as_bytes())?;
    text.push('.');
    text.push_str(&b64u(&signature));
    Ok(text)
}

fn decoded(part: &str) -> Result<Vec<u8>, BadCompact> {
    from_b64u(part).map_err(|_| BadCompact)
}
