//! Identifiers, nonces and digests as types of their own, so that one cannot stand where another belongs.
//!
//! On the wire each is base64url of a fixed size (protocol 3.0.1). What must not be printed is in `secret`.

use crate::encoding::{BadEncoding, array_from_b64u, b64u};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

macro_rules! public_bytes {
    ($($(#[$doc:meta])* $name:ident: $size:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; $size]);

        impl $name {
            /// Size in bytes.
            pub const SIZE: usize = $size;

            /// Takes raw bytes.
            pub const fn from_bytes(bytes: [u8; $size]) -> Self {
                Self(bytes)
            }

            /// Takes a slice of exactly [`Self::SIZE`] bytes.
            pub fn from_slice(bytes: &[u8]) -> Result<Self, BadEncoding> {
                bytes.try_into().map(Self).map_err(|_| BadEncoding)
            }

            /// Reads strict base64url.
            pub fn parse(text: &str) -> Result<Self, BadEncoding> {
                array_from_b64u(text).map(Self)
            }

            /// The raw bytes, as they enter hashes and MACs.
            pub const fn as_bytes(&self) -> &[u8; $size] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&b64u(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::parse(&text).map_err(|_| de::Error::custom(concat!("not a ", stringify!($name))))
            }
        }
    )*};
}

public_bytes! {
    /// One binding: an account on a phone, at the server.
    Aid: 16;
    /// One enrolment (pairing).
    Eid: 16;
    /// One sign-in (transaction).
    Tid: 16;
    /// A factor of a binding: random, never a thumbprint of a PIN key (decision D5).
    Fid: 16;
    /// A message of a phone; the key of idempotency (3.0.5).
    Jti: 16;
    /// Random value of one scan; repeats of a scan carry the same (3.5.1).
    ScanId: 16;
    /// Random value inside the offline QR.
    OfflineNonce: 16;
    /// A phone as other phones and services know it; not the aid.
    PhoneRef: 8;
    /// Nonce of an offer or of a request.
    Nonce: 32;
    /// RFC 7638 thumbprint of a P-256 key.
    Thumbprint: 32;
    /// SHA-256 of the request (compact JWS) that an answer belongs to.
    RequestHash: 32;
    /// Hash over the factor signatures, in the device's protected header (3.0.3).
    FactorHash: 32;
    /// Proof that the phone saw handle and request of one sign-in (3.5.1 step 7).
    TransferHash: 32;
    /// MAC that shows knowledge of the enrolment secret.
    EnrolMac: 32;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_form_round_trips_and_other_sizes_are_refused() {
        let aid = Aid::from_bytes([6; 16]);
        assert_eq!(aid.to_string(), "BgYGBgYGBgYGBgYGBgYGBg");
        assert_eq!(Aid::parse("BgYGBgYGBgYGBgYGBgYGBg"), Ok(aid));
        assert!(Aid::parse("BgYGBgYGBgYGBgYGBgYG").is_err());
        assert!(Aid::parse("BgYGBgYGBgYGBgYGBgYGBh").is_err(), "unused bits");
        let read: Aid = serde_json::from_str("\"BgYGBgYGBgYGBgYGBgYGBg\"").unwrap();
        assert_eq!(read, aid);
    }
}
