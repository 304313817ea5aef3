//! `HWPRF` (2.2.1): the software construction, and what the core computes for a Secure Enclave.
//!
//! On Android the key store does the whole HMAC; here is what happens elsewhere.

use crate::hash::{hkdf, hmac_sha256};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// The PRF key of a phone without hardware (level `software`): 32 random bytes that its key store keeps.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct SoftwarePrf([u8; 32]);

impl SoftwarePrf {
    /// Takes the bytes of the key.
    pub const fn from_bytes(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// The bytes, for sealing them in the key store.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// `HMAC(key, x)`, as Android's key store computes it.
    pub fn evaluate(&self, x: &[u8; 32]) -> [u8; 32] {
        *hmac_sha256(&self.0, &[x])
    }
}

/// `P_fix`: the point, as 65 bytes SEC1, with which a Secure Enclave key makes its Diffie-Hellman step.
///
/// It is `hash_to_curve` of "peer" under P256_XMD:SHA-256_SSWU_RO_ and DST "MAP1 ios prf" with a zero byte; nobody
/// knows its logarithm. A test computes it anew.
pub const ENCLAVE_PEER: [u8; 65] = [
    0x04, 0x14, 0x9f, 0xa7, 0xbc, 0x3e, 0x7e, 0x28, 0x10, 0x0c, 0x32, 0xa8, 0x63, 0xb7, 0x58, 0x50, 0xf8,
    0x95, 0xe6, 0xea, 0x15, 0x70, 0xff, 0x12, 0x7a, 0xbd, 0x74, 0x12, 0x1e, 0x4b, 0x68, 0x60, 0x14, 0x1d,
    0x40, 0xc9, 0xaf, 0x89, 0x8e, 0xa2, 0x22, 0x1a, 0x7b, 0x3e, 0xe3, 0xeb, 0xd3, 0x20, 0x8c, 0x30, 0x71,
    0xde, 0xc5, 0x84, 0x40, 0xf9, 0xde, 0x80, 0x27, 0xb3, 0x77, 0x91, 0x5f, 0xda, 0xb0,
];

/// `HWPRF(x)` from `Z`, the x-coordinate that the Secure Enclave computed with [`ENCLAVE_PEER`]. The caller wipes
/// `Z` and never keeps it. `None` cannot happen with this output length.
pub fn enclave_prf(z: &[u8; 32], x: &[u8; 32]) -> Option<[u8; 32]> {
    let key = hkdf(&[], z, &[b"MAP1 ios prf key\0"]).ok()?;
    Some(*hmac_sha256(&*key, &[x]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::elliptic_curve::sec1::ToSec1Point;
    use p256::hash2curve::GroupDigest;
    use p256::{AffinePoint, NistP256};

    #[test]
    fn the_enclave_peer_is_the_hash_of_its_label() {
        let point = NistP256::hash_from_bytes(&[b"peer"], &[b"MAP1 ios prf\0"]).unwrap();
        let encoded = AffinePoint::from(point).to_sec1_point(false);
        assert_eq!(encoded.as_bytes(), ENCLAVE_PEER);
    }
}
