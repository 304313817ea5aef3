//! Phone to server: General JSON JWS, the device's signature last, the factors' before it (3.0.3).
//!
//! [`Envelope::parse`] is steps 1 and 2 of 3.0.7, [`Envelope::verify`] is step 4. Only a [`VerifiedEnvelope`] gives
//! out its payload, so nothing can act on a message whose device signature was not checked.

use super::EnvelopeFault;
use super::header::{DeviceTyp, FACTOR_TYP, KeyName, Members};
use crate::encoding::from_b64u;
use crate::id::{FactorHash, Fid};
use crate::json;
use crate::key::PublicKey;
use ring::digest;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// Most signatures that any message has.
pub const MAX_SIGNATURES: usize = 4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    payload: String,
    signatures: Vec<WireSignature>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireSignature {
    protected: String,
    signature: String,
    /// An unprotected header, even `null`, is told apart from an unknown member: it is `unsupported_jose`.
    #[serde(default, deserialize_with = "json::optional")]
    header: Option<IgnoredAny>,
}

/// A message whose device signature is not verified yet.
pub struct Envelope {
    payload: String,
    factors: Vec<FactorSignature>,
    key: KeyName,
    fsh: Option<FactorHash>,
    device: RawSignature,
}

/// One signature as it came.
struct RawSignature {
    protected: String,
    signature_text: String,
    signature: Vec<u8>,
}

/// A factor signature or proof of possession; not judged yet.
pub struct FactorSignature {
    kid: String,
    raw: RawSignature,
}

/// The device signature does not verify, or the factor hash differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("invalid_device_signature")]
pub struct InvalidDeviceSignature;

impl Envelope {
    /// Steps 1 and 2: strict JSON, base64url, headers; the last signature has the device `typ` of the endpoint.
    pub fn parse(body: &[u8], typ: DeviceTyp) -> Result<Self, EnvelopeFault> {
        let wire: Wire = json::parse(body).map_err(|_| EnvelopeFault::Malformed)?;
        if wire.signatures.is_empty() || wire.signatures.len() > MAX_SIGNATURES {
            return Err(EnvelopeFault::Malformed);
        }
        from_b64u(&wire.payload).map_err(|_| EnvelopeFault::Malformed)?;
        let unprotected = wire.signatures.iter().any(|signature| signature.header.is_some());
        let mut entries = wire.signatures.into_iter().map(decode).collect::<Result<Vec<_>, _>>()?;
        if unprotected {
            return Err(EnvelopeFault::UnsupportedJose);
        }
        let (members, device) = entries.pop().ok_or(EnvelopeFault::Malformed)?;
        let factors = entries.into_iter().map(factor).collect::<Result<Vec<_>, _>>()?;
        let (key, fsh) = device_header(&members, typ, !factors.is_empty())?;
        Ok(Self { payload: wire.payload, factors, key, fsh, device })
    }

    /// Which key the device header names.
    pub fn key(&self) -> &KeyName {
        &self.key
    }

    /// The decoded payload before any signature was checked. Only for an enrolment, whose secret is judged first
    /// (E3 and E4 of 3.0.7).
    pub fn unverified_payload(&self) -> Vec<u8> {
        from_b64u(&self.payload).unwrap_or_default()
    }

    /// Whether any factor signature is there.
    pub fn has_factors(&self) -> bool {
        !self.factors.is_empty()
    }

    /// Step 4: the device signature by `key`, then the factor hash.
    pub fn verify(self, key: &PublicKey) -> Result<VerifiedEnvelope, InvalidDeviceSignature> {
        let input = format!("{}.{}", self.device.protected, self.payload);
        let fsh =
            (!self.factors.is_empty()).then(|| factor_hash(self.factors.iter().map(|factor| &factor.raw)));
        if !key.verifies(input.as_bytes(), &self.device.signature) || fsh != self.fsh {
            return Err(InvalidDeviceSignature);
        }
        let decoded = from_b64u(&self.payload).map_err(|_| InvalidDeviceSignature)?;
        Ok(VerifiedEnvelope {
            payload_text: self.payload,
            payload: decoded,
            factors: self.factors,
            device: self.device,
        })
    }
}

/// A message that the device key signed.
pub struct VerifiedEnvelope {
    payload_text: String,
    payload: Vec<u8>,
    factors: Vec<FactorSignature>,
    device: RawSignature,
}

impl VerifiedEnvelope {
    /// The decoded payload.
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// The payload as it was sent (base64url).
    pub fn payload_text(&self) -> &str {
        &self.payload_text
    }

    /// The device's protected header as it was sent.
    pub fn device_protected(&self) -> &str {
        &self.device.protected
    }

    /// The device's signature as it was sent (base64url).
    pub fn device_signature(&self) -> &str {
        &self.device.signature_text
    }

    /// The signatures before the device's, in their order.
    pub fn factors(&self) -> &[FactorSignature] {
        &self.factors
    }

    /// Whether `factor` is a signature of `key` over this payload.
    pub fn factor_verifies(&self, factor: &FactorSignature, key: &PublicKey) -> bool {
        let input = format!("{}.{}", factor.raw.protected, self.payload_text);
        key.verifies(input.as_bytes(), &factor.raw.signature)
    }
}

impl FactorSignature {
    /// The key id that the header names, as it stands there.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The key id that the header names, if it has the form of a `fid`.
    pub fn fid(&self) -> Option<Fid> {
        Fid::parse(&self.kid).ok()
    }
}

/// Verifies a device signature from stored evidence.
pub fn evidence_verifies(key: &PublicKey, protected: &str, payload: &str, signature: &str) -> bool {
    let input = format!("{protected}.{payload}");
    from_b64u(signature).is_ok_and(|signature| key.verifies(input.as_bytes(), &signature))
}

fn decode(wire: WireSignature) -> Result<(Members, RawSignature), EnvelopeFault> {
    let header = from_b64u(&wire.protected).map_err(|_| EnvelopeFault::Malformed)?;
    let signature = from_b64u(&wire.signature).map_err(|_| EnvelopeFault::Malformed)?;
    let members = Members::parse(&header)?;
    Ok((members, RawSignature { protected: wire.protected, signature_text: wire.signature, signature }))
}

fn factor((members, raw): (Members, RawSignature)) -> Result<FactorSignature, EnvelopeFault> {
    if members.typ()? != FACTOR_TYP {
        return Err(EnvelopeFault::UnsupportedJose);
    }
    match members.kid(false)? {
        KeyName::Kid(kid) => Ok(FactorSignature { kid, raw }),
        KeyName::Key(_) => Err(EnvelopeFault::UnsupportedJose),
    }
}

fn device_header(
    members: &Members,
    typ: DeviceTyp,
    factors: bool,
) -> Result<(KeyName, Option<FactorHash>), EnvelopeFault> {
    if members.typ()? != typ.as_str() {
        return Err(EnvelopeFault::UnsupportedJose);
    }
    // A pairing message always proves its PIN key, so it never stands alone (E1).
    if typ == DeviceTyp::Enrol && !factors {
        return Err(EnvelopeFault::UnsupportedJose);
    }
    let key = if typ == DeviceTyp::Enrol { members.jwk(factors)? } else { members.kid(factors)? };
    let fsh = if factors { Some(members.fsh()?) } else { None };
    Ok((key, fsh))
}

fn factor_hash<'a>(signatures: impl Iterator<Item = &'a RawSignature>) -> FactorHash {
    hash_signatures(signatures.map(|raw| (raw.protected.as_str(), raw.signature_text.as_str())))
}

/// `fsh` over (protected, signature) pairs in array order (3.0.3).
pub fn hash_signatures<'a>(signatures: impl Iterator<Item = (&'a str, &'a str)>) -> FactorHash {
    let mut context = digest::Context::new(&digest::SHA256);
    for (protected, signature) in signatures {
        for part in [protected, ".", signature, "\n"] {
            context.update(part.as_bytes());
        }
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    FactorHash::from_bytes(hash)
}
