//! P-256 signatures of the device: the software device key of phones without hardware (2.3), and the form and the
//! check of a signature that a hardware key store gave.
//!
//! The key signs deterministically (RFC 6979): nothing that it signs depends on the PIN but through `fsh`, which is
//! the hash of a hedged signature.

use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use thiserror::Error;
use zeroize::Zeroizing;

/// Not a private key: zero, or not below the group's order. Draw again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("these bytes are no P-256 private key")]
pub struct BadPrivateKey;

/// A signature that has not the form of one, or that the key did not make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this is no signature of that key")]
pub struct BadSignature;

/// A device key in software; wiped on drop.
pub struct DeviceKey(SigningKey);

impl DeviceKey {
    /// Takes 32 random bytes, or those that [`Self::to_bytes`] gave.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, BadPrivateKey> {
        SigningKey::from_slice(bytes).map(Self).map_err(|_| BadPrivateKey)
    }

    /// The scalar, for sealing it in the software key store.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes().into())
    }

    /// The public key, 65 bytes SEC1.
    pub fn public(&self) -> [u8; 65] {
        sec1(&self.0)
    }

    /// ES256 signature of `message`, r and s of 32 bytes each.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        let signature: Signature = self.0.sign(message);
        signature.to_bytes().into()
    }
}

/// 65 bytes SEC1 of a signing key's public part.
pub(crate) fn sec1(key: &SigningKey) -> [u8; 65] {
    let mut bytes = [0; 65];
    bytes.copy_from_slice(key.verifying_key().to_sec1_point(false).as_bytes());
    bytes
}

/// r and s of 32 bytes each, from what a key store returns: DER (Android, iOS) or already 64 bytes.
pub fn normalise_signature(bytes: &[u8]) -> Result<[u8; 64], BadSignature> {
    let parsed = Signature::from_der(bytes).or_else(|_| Signature::from_slice(bytes));
    parsed.map(|signature| signature.to_bytes().into()).map_err(|_| BadSignature)
}

/// Checks a signature with the stored public key before it is sent, so that a key store with another key or a
/// fault costs no try at the server (2.3).
pub fn verify(public: &[u8; 65], message: &[u8], signature: &[u8; 64]) -> Result<(), BadSignature> {
    let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, public);
    key.verify(message, signature).map_err(|_| BadSignature)
}

#[cfg(test)]
#[path = "device_key_wycheproof_tests.rs"]
mod wycheproof_tests;

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> DeviceKey {
        DeviceKey::from_bytes(&[7; 32]).unwrap()
    }

    #[test]
    fn bytes_that_are_no_scalar_are_refused() {
        assert_eq!(DeviceKey::from_bytes(&[0; 32]).err(), Some(BadPrivateKey));
        assert_eq!(DeviceKey::from_bytes(&[0xff; 32]).err(), Some(BadPrivateKey));
        assert_eq!(*key().to_bytes(), [7; 32]);
    }

    #[test]
    fn a_signature_verifies_only_for_its_key_and_message() {
        let signature = key().sign(b"message");
        let other = DeviceKey::from_bytes(&[8; 32]).unwrap();
        assert_eq!(verify(&key().public(), b"message", &signature), Ok(()));
        assert_eq!(verify(&key().public(), b"messagf", &signature), Err(BadSignature));
        assert_eq!(verify(&other.public(), b"message", &signature), Err(BadSignature));
        assert_eq!(verify(&[0; 65], b"message", &signature), Err(BadSignature));
    }

    #[test]
    fn both_forms_of_a_signature_become_64_bytes_and_everything_else_is_refused() {
        let raw = key().sign(b"message");
        let der = Signature::from_slice(&raw).unwrap().to_der();
        assert_eq!(normalise_signature(der.as_bytes()), Ok(raw));
        assert_eq!(normalise_signature(&raw), Ok(raw));
        let bad: [&[u8]; 6] =
            [&[], &[0x30], &der.as_bytes()[..20], &[0; 64], &[0xff; 64], &[der.as_bytes(), &[0]].concat()];
        for bytes in bad {
            assert_eq!(normalise_signature(bytes), Err(BadSignature), "{bytes:?}");
        }
    }
}
