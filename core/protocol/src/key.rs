//! P-256 public keys: JWK in and out, thumbprint, verification (protocol 3.0.2).
//!
//! A `PublicKey` is a point on the curve, checked when it is made. ring verifies in about a quarter of p256's time.

use crate::encoding;
use crate::id::Thumbprint;
use crate::label::sha256;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Bytes that are no public key of this profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a P-256 public key in the exact JWK form")]
pub struct BadKey;

/// A P-256 public key: 65 bytes, uncompressed SEC 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PublicKey([u8; 65]);

impl PublicKey {
    /// Takes 65 bytes of uncompressed SEC 1; the point must be on the curve.
    pub fn from_sec1(bytes: &[u8]) -> Result<Self, BadKey> {
        let sec1: [u8; 65] = bytes.try_into().map_err(|_| BadKey)?;
        if sec1[0] != 4 {
            return Err(BadKey);
        }
        p256::PublicKey::from_sec1_bytes(&sec1).map_err(|_| BadKey)?;
        Ok(Self(sec1))
    }

    /// Reads a JWK that has exactly the members `kty`, `crv`, `x`, `y`.
    pub fn from_jwk(jwk: &Jwk) -> Result<Self, BadKey> {
        let text = |name: &str| jwk.0.get(name).and_then(Value::as_str).ok_or(BadKey);
        if jwk.0.len() != 4 || text("kty")? != "EC" || text("crv")? != "P-256" {
            return Err(BadKey);
        }
        let mut sec1 = [4; 65];
        sec1[1..33].copy_from_slice(&coordinate(text("x")?)?);
        sec1[33..].copy_from_slice(&coordinate(text("y")?)?);
        Self::from_sec1(&sec1)
    }

    /// The uncompressed SEC 1 form.
    pub const fn as_sec1(&self) -> &[u8; 65] {
        &self.0
    }

    /// The JWK, members in the order `kty`, `crv`, `x`, `y`.
    pub fn to_jwk(&self) -> Jwk {
        let [x, y] = self.coordinates();
        let members = [("kty", "EC".to_owned()), ("crv", "P-256".to_owned()), ("x", x), ("y", y)];
        Jwk(members.into_iter().map(|(name, text)| (name.to_owned(), Value::String(text))).collect())
    }

    /// RFC 7638 thumbprint with SHA-256.
    pub fn thumbprint(&self) -> Thumbprint {
        let [x, y] = self.coordinates();
        let canonical = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        Thumbprint::from_bytes(sha256(canonical.as_bytes()))
    }

    fn coordinates(&self) -> [String; 2] {
        [encoding::b64u(&self.0[1..33]), encoding::b64u(&self.0[33..])]
    }

    /// Whether `signature` (64 bytes r‖s, both in [1, n−1]) is one of this key over `message`.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &self.0).verify(message, signature).is_ok()
    }
}

fn coordinate(text: &str) -> Result<[u8; 32], BadKey> {
    encoding::array_from_b64u(text).map_err(|_| BadKey)
}

/// A JWK as it arrived: any object. What is wrong inside it is `key_rejected{jwk}`, not `malformed` (3.0.1).
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Jwk(Map<String, Value>);

impl Jwk {
    /// A JWK from an object that came in a header.
    pub fn from_map(map: Map<String, Value>) -> Self {
        Self(map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jwk(text: &str) -> Jwk {
        serde_json::from_str(text).unwrap()
    }

    // RFC 7515, appendix A.3.
    const RFC_X: &str = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    const RFC_Y: &str = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";

    fn rfc_key() -> PublicKey {
        let text = format!(r#"{{"kty":"EC","crv":"P-256","x":"{RFC_X}","y":"{RFC_Y}"}}"#);
        PublicKey::from_jwk(&jwk(&text)).unwrap()
    }

    #[test]
    fn the_es256_example_of_rfc_7515_verifies_and_a_flipped_bit_does_not() {
        let input = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        let signature = encoding::from_b64u(
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
        )
        .unwrap();
        assert!(rfc_key().verifies(input.as_bytes(), &signature));
        assert!(!rfc_key().verifies(&input.as_bytes()[1..], &signature));
    }

    #[test]
    fn n08_der_zero_and_n_are_no_signatures() {
        let mut zero_r = [1; 64];
        zero_r[..32].fill(0);
        let order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
        let mut r_is_n = [1; 64];
        r_is_n[..32].copy_from_slice(&data_encoding::HEXLOWER.decode(order.as_bytes()).unwrap());
        for bad in [&zero_r[..], &r_is_n[..], &[0x30; 70][..], &[][..]] {
            assert!(!rfc_key().verifies(b"m", bad));
        }
    }

    #[test]
    fn n23_only_the_exact_form_of_a_point_on_the_curve_is_taken() {
        for bad in [
            format!(r#"{{"kty":"EC","crv":"P-256","x":"{RFC_X}","y":"{RFC_X}"}}"#),
            format!(r#"{{"kty":"EC","crv":"P-256","x":"{RFC_X}","y":"{RFC_Y}","d":"{RFC_X}"}}"#),
            format!(r#"{{"kty":"EC","crv":"P-256","x":"{RFC_X}"}}"#),
            format!(r#"{{"kty":"EC","crv":"P-384","x":"{RFC_X}","y":"{RFC_Y}"}}"#),
            format!(r#"{{"kty":"EC","crv":"P-256","x":5,"y":"{RFC_Y}"}}"#),
            format!(r#"{{"kty":"EC","crv":"P-256","x":"{}","y":"{RFC_Y}"}}"#, "_".repeat(42) + "8"),
        ] {
            assert_eq!(PublicKey::from_jwk(&jwk(&bad)), Err(BadKey), "{bad}");
        }
        assert_eq!(PublicKey::from_sec1(&[0; 65]), Err(BadKey));
        assert_eq!(PublicKey::from_sec1(&[0]), Err(BadKey));
    }
}
