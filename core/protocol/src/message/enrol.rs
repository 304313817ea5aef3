//! The pairing message (3.3 step 6).

use super::{Level, VERSION};
use crate::id::{Eid, EnrolMac, Fid, Jti, Nonce};
use crate::issuer::Issuer;
use crate::json::{self, BadJson};
use crate::key::Jwk;
use crate::text::{SHORT, is_clean};
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// What the phone sends to be paired. `aud` stays text: it is judged after the device signature (E6).
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrol {
    /// Always 1.
    pub v: u64,
    /// The server that is meant.
    pub aud: String,
    /// The enrolment.
    pub eid: Eid,
    /// Nonce of the offer.
    pub nonce: Nonce,
    /// Shows knowledge of the pairing secret for this device key.
    pub es_mac: EnrolMac,
    /// Id of this message.
    pub jti: Jti,
    /// The phone's clock.
    pub iat: Time,
    /// The device key's protection.
    pub dev: DeviceInfo,
    /// The PIN keys.
    pub pin: PinFactor,
    /// What the web page shows of the phone.
    pub info: PhoneInfo,
    /// Where to wake it.
    #[serde(deserialize_with = "json::nullable")]
    pub push: Option<Push>,
}

/// Protection of the device key.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeviceInfo {
    /// As the phone says; proven only by an attestation.
    pub level: Level,
    /// Attestation.
    #[serde(deserialize_with = "json::object")]
    pub att: Attestation,
}

/// Attestation of a key (2.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fmt", deny_unknown_fields)]
pub enum Attestation {
    /// None.
    #[serde(rename = "none")]
    None {},
    /// Android key attestation: certificates, leaf first, base64url DER.
    #[serde(rename = "android-key")]
    AndroidKey {
        /// The chain.
        x5c: Vec<String>,
    },
    /// Apple App Attest.
    #[serde(rename = "apple-appattest")]
    AppleAppAttest {
        /// The attestation object, base64url.
        obj: String,
        /// The key id, base64url.
        kid: String,
    },
}

/// The PIN factor: its random id and its two public keys.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PinFactor {
    /// Random id.
    pub fid: Fid,
    /// Signature key.
    pub sig: Jwk,
    /// Key agreement key, for offline codes.
    pub ka: Jwk,
}

/// How a phone calls itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhoneInfo {
    /// Name, `Pixel 9`.
    pub name: String,
    /// Operating system, `Android 17`.
    pub os: String,
    /// Version of the app.
    pub app: String,
}

/// A push address.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Push {
    /// https, default port, no userinfo, no fragment, at most 512 characters.
    pub url: String,
}

/// Longest push address.
pub const MAX_PUSH: usize = 512;

impl Push {
    /// The origin, if the address has the right form.
    pub fn origin(&self) -> Option<Issuer> {
        let rest = self.url.strip_prefix("https://")?;
        let authority = rest.split(['/', '?']).next()?;
        let ok = self.url.chars().count() <= MAX_PUSH
            && self.url.bytes().all(|b| b.is_ascii_graphic())
            && !self.url.contains(['#', '@', '\\'])
            && !authority.contains(':');
        if !ok {
            return None;
        }
        Issuer::parse(&format!("https://{authority}"), crate::issuer::Profile::Production).ok()
    }
}

impl Enrol {
    /// E3: members and forms.
    pub fn parse(payload: &[u8]) -> Result<Self, BadJson> {
        let enrol: Self = json::parse(payload)?;
        let PhoneInfo { name, os, app } = &enrol.info;
        let clean = [name, os, app].into_iter().all(|text| is_clean(text, SHORT));
        let pushable = enrol.push.as_ref().is_none_or(|push| push.origin().is_some());
        if enrol.v == VERSION && clean && pushable { Ok(enrol) } else { Err(BadJson) }
    }

    /// The payload to sign.
    pub fn to_payload(&self) -> Result<Vec<u8>, BadJson> {
        json::to_vec(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Push;

    #[test]
    fn n148_push_addresses_have_one_form() {
        let origin = |url: &str| Push { url: url.to_owned() }.origin().map(|origin| origin.to_string());
        assert_eq!(origin("https://push.example/a?b=c").as_deref(), Some("https://push.example"));
        let long = format!("https://push.example/{}", "x".repeat(492));
        for bad in [
            "http://push.example/a",
            "https://push.example:8443/a",
            "https://user@push.example/a",
            "https://push.example/a#b",
            "https://push.example/a b",
            &long,
        ] {
            assert_eq!(origin(bad), None, "{bad}");
        }
        assert!(origin(&long[..512]).is_some());
    }
}
