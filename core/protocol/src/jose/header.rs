//! Protected headers: exactly the members of the table in 3.0.2, whatever their order.

use super::EnvelopeFault;
use crate::id::FactorHash;
use crate::json;
use crate::key::{Jwk, PublicKey};
use serde_json::{Map, Value};

/// The `typ` values of messages that a device key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceTyp {
    /// Pairing message; its header carries the device key itself.
    Enrol,
    /// Approve or deny.
    Response,
    /// Every other operation.
    Op,
}

impl DeviceTyp {
    /// The header value.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Enrol => "map-enrol+jws",
            Self::Response => "map-response+jws",
            Self::Op => "map-op+jws",
        }
    }
}

/// The `typ` of a factor signature or proof of possession.
pub const FACTOR_TYP: &str = "map-factor+jws";

/// Which key a header names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyName {
    /// By id: a thumbprint, a `fid` or a server's `kid`. Not judged here.
    Kid(String),
    /// The key itself (`jwk`).
    Key(PublicKey),
}

/// A header as it arrived, decoded and free of duplicates.
pub(super) struct Members(Map<String, Value>);

impl Members {
    /// Decodes a protected header. A header that is no strict JSON object is malformed.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, EnvelopeFault> {
        json::parse(bytes).map(Self).map_err(|_| EnvelopeFault::Malformed)
    }

    /// The `typ`, once `alg` is known to be ES256.
    pub(super) fn typ(&self) -> Result<&str, EnvelopeFault> {
        if self.text("alg")? != "ES256" {
            return Err(EnvelopeFault::UnsupportedJose);
        }
        self.text("typ")
    }

    /// `kid`, when the members are exactly `alg typ kid` and, with `fsh`, also `fsh crit`.
    pub(super) fn kid(&self, with_fsh: bool) -> Result<KeyName, EnvelopeFault> {
        self.only(3, with_fsh)?;
        self.text("kid").map(|kid| KeyName::Kid(kid.to_owned()))
    }

    /// `jwk`, when the members are exactly `alg typ jwk` and, with `fsh`, also `fsh crit`.
    pub(super) fn jwk(&self, with_fsh: bool) -> Result<KeyName, EnvelopeFault> {
        self.only(3, with_fsh)?;
        let Some(Value::Object(map)) = self.0.get("jwk") else { return Err(EnvelopeFault::UnsupportedJose) };
        let key = PublicKey::from_jwk(&Jwk::from_map(map.clone()));
        key.map(KeyName::Key).map_err(|_| EnvelopeFault::UnsupportedJose)
    }

    /// The factor hash; `crit` must be exactly `["fsh"]`.
    pub(super) fn fsh(&self) -> Result<FactorHash, EnvelopeFault> {
        if self.0.get("crit") != Some(&Value::Array(vec![Value::String("fsh".to_owned())])) {
            return Err(EnvelopeFault::UnsupportedJose);
        }
        FactorHash::parse(self.text("fsh")?).map_err(|_| EnvelopeFault::UnsupportedJose)
    }

    fn text(&self, name: &str) -> Result<&str, EnvelopeFault> {
        self.0.get(name).and_then(Value::as_str).ok_or(EnvelopeFault::UnsupportedJose)
    }

    fn only(&self, base: usize, with_fsh: bool) -> Result<(), EnvelopeFault> {
        let expected = if with_fsh { base + 2 } else { base };
        if self.0.len() == expected { Ok(()) } else { Err(EnvelopeFault::UnsupportedJose) }
    }
}
