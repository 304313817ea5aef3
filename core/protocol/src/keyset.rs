//! The key set of a server (3.2): what a phone pins, how it follows changes, and the only door to server messages.

mod accept;

pub use accept::{Accepted, KeySetFault, Pinned, accept};

use crate::id::Thumbprint;
use crate::issuer::Issuer;
use crate::jose::compact::Compact;
use crate::json;
use crate::key::{Jwk, PublicKey};
use crate::message::{Factor, ServerMessage, VERSION};
use crate::time::Time;
use serde::{Deserialize, Serialize};
use std::ops::Deref;

/// `typ` of a signed key set.
pub const TYP: &str = "map-keyset+jws";

/// Content of a key set, as signed by root.
#[derive(Clone, Serialize, Deserialize)]
pub struct Content {
    /// Always 1.
    pub v: u64,
    /// Protocol versions that the server speaks.
    pub versions: Vec<u64>,
    /// The server.
    pub iss: Issuer,
    /// Its name for people.
    pub name: String,
    /// Version of the set; only grows.
    pub ver: u64,
    /// When it was made.
    pub iat: Time,
    /// When it has to be replaced.
    pub exp: Time,
    /// Keys that sign messages.
    pub sign: Vec<SignKey>,
    /// Keys for offline codes.
    pub off: Vec<OffKey>,
    /// SHA-256 of accepted SubjectPublicKeyInfo, base64url.
    pub tls_pins: Vec<String>,
    /// Union of the return origins of all services.
    pub return_origins: Vec<String>,
    /// Thumbprint of the next root key, committed in advance.
    pub next_root: Thumbprint,
    /// What the phone has to know of the server's policy.
    pub policy: PolicyView,
}

/// A key that signs messages from `nbf` until before `exp`.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignKey {
    /// Its id.
    pub kid: String,
    /// The public key.
    pub jwk: Jwk,
    /// First second of use.
    pub nbf: Time,
    /// First second after its use.
    pub exp: Time,
}

/// A key for offline codes.
#[derive(Clone, Serialize, Deserialize)]
pub struct OffKey {
    /// Its id.
    pub kid: String,
    /// The public key.
    pub jwk: Jwk,
    /// First second after its use.
    pub exp: Time,
}

/// The part of the policy that phones see.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyView {
    /// Least PIN length.
    pub pin_min: u64,
    /// Factors that the server takes.
    pub factors: Vec<Factor>,
    /// Days after which the PIN is asked for again.
    pub bio_days: u64,
    /// Offline sign-in.
    pub offline: OfflinePolicy,
    /// Seconds that a push request lives.
    pub tx_ttl: u64,
    /// Oldest accepted app.
    pub min_app: MinApp,
}

/// Whether offline sign-in is on.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfflinePolicy {
    /// On or off.
    pub on: bool,
}

/// Oldest accepted app versions.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinApp {
    /// On Android.
    pub android: String,
    /// On iOS.
    pub ios: String,
}

/// A key set that was accepted under a pinned root.
pub struct KeySet {
    content: Content,
    sign: Vec<(String, PublicKey, Time, Time)>,
    off: Vec<(String, PublicKey)>,
}

/// Why a server message was refused. The phone refuses the whole message and shows nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MessageFault {
    /// No compact JWS of the expected type, or a payload of another shape.
    #[error("malformed")]
    Malformed,
    /// No key of this id in the pinned set: fetch a newer one.
    #[error("unknown key")]
    UnknownKey,
    /// The signature does not verify, or the key was not valid at `iat`.
    #[error("bad signature")]
    BadSignature,
    /// `iss` is another server.
    #[error("another server")]
    OtherIssuer,
}

/// A message whose signature, issuer and forms were checked. There is no other way to make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified<T>(T);

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> Verified<T> {
    /// The message.
    pub fn into_inner(self) -> T {
        self.0
    }
}

/// Content that breaks the rules of 3.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a usable key set")]
pub struct BadKeySet;

impl KeySet {
    /// Checks the forms of a set: version 1, valid and distinct keys, at least two pins.
    pub fn from_content(content: Content) -> Result<Self, BadKeySet> {
        let kids = content.sign.iter().map(|key| &key.kid).chain(content.off.iter().map(|key| &key.kid));
        let mut kids: Vec<&String> = kids.collect();
        let count = kids.len();
        kids.sort();
        kids.dedup();
        let distinct = kids.len() == count && kids.iter().all(|kid| is_kid(kid));
        let known = content.v == VERSION && content.versions.contains(&VERSION);
        if !distinct || !known || content.tls_pins.len() < 2 || content.sign.is_empty() {
            return Err(BadKeySet);
        }
        if !crate::text::is_clean(&content.name, crate::text::SHORT) {
            return Err(BadKeySet);
        }
        let key = |jwk| PublicKey::from_jwk(jwk).map_err(|_| BadKeySet);
        let sign = content
            .sign
            .iter()
            .map(|k| Ok((k.kid.clone(), key(&k.jwk)?, k.nbf, k.exp)))
            .collect::<Result<_, _>>()?;
        let off = content.off.iter().map(|k| Ok((k.kid.clone(), key(&k.jwk)?))).collect::<Result<_, _>>()?;
        Ok(Self { content, sign, off })
    }

    /// What the set says.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// The off key of this id.
    pub fn off_key(&self, kid: &str) -> Option<&PublicKey> {
        self.off.iter().find(|(name, _)| name == kid).map(|(_, key)| key)
    }

    /// Verifies and reads a message of this server. Valid iff `nbf ≤ iat < exp` of its key; no clock is asked (T17).
    pub fn open<T: ServerMessage>(&self, text: &str) -> Result<Verified<T>, MessageFault> {
        let compact = Compact::parse(text, T::TYP).map_err(|_| MessageFault::Malformed)?;
        let kid = compact.kid().ok_or(MessageFault::Malformed)?;
        let (_, key, nbf, exp) =
            self.sign.iter().find(|(name, ..)| name == kid).ok_or(MessageFault::UnknownKey)?;
        let payload = compact.verify(key).ok_or(MessageFault::BadSignature)?;
        let message: T = json::parse(&payload).map_err(|_| MessageFault::Malformed)?;
        if message.head().iss != self.content.iss {
            return Err(MessageFault::OtherIssuer);
        }
        if message.iat() < *nbf || message.iat() >= *exp {
            return Err(MessageFault::BadSignature);
        }
        if message.head().v != VERSION || !message.is_well_formed() {
            return Err(MessageFault::Malformed);
        }
        Ok(Verified(message))
    }
}

/// Whether `kid` has the form of a server's key id.
pub fn is_kid(kid: &str) -> bool {
    (1..=16).contains(&kid.len()) && kid.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

#[cfg(test)]
mod tests;
