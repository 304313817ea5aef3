//! P-256 keys of a scripted phone. Signatures are hedged, as 3.0.3 wants: two over the same bytes differ.

use countersign_protocol::id::Thumbprint;
use countersign_protocol::key::PublicKey;
use countersign_protocol::signer::Signer;
use getrandom::SysRng;
use p256::ecdsa::signature::RandomizedSigner;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::Value;
use std::convert::Infallible;

/// A private key and its public half.
#[derive(Clone)]
pub struct Key {
    secret: SigningKey,
    public: PublicKey,
}

/// `N` random bytes.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("randomness of the system");
    bytes
}

impl Key {
    /// A random key.
    pub fn new() -> Self {
        // One in 2^32 draws is no scalar of the curve.
        let secret = loop {
            if let Ok(key) = SigningKey::from_slice(&random::<32>()) {
                break key;
            }
        };
        Self::of(secret)
    }

    fn of(secret: SigningKey) -> Self {
        let public =
            PublicKey::from_sec1(secret.verifying_key().to_sec1_point(false).as_bytes()).expect("point");
        Self { secret, public }
    }

    /// The public key.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// RFC 7638 thumbprint.
    pub fn thumbprint(&self) -> Thumbprint {
        self.public.thumbprint()
    }

    /// The public key as a JWK.
    pub fn jwk(&self) -> Value {
        serde_json::to_value(self.public.to_jwk()).expect("JSON")
    }

    /// r‖s over `message`.
    pub fn signature(&self, message: &[u8]) -> [u8; 64] {
        let signature: Signature = self.secret.try_sign_with_rng(&mut SysRng, message).expect("signature");
        signature.to_bytes().into()
    }

    /// The x-coordinate of this key times `other` (3.6).
    pub fn shared(&self, other: &PublicKey) -> [u8; 32] {
        let other = p256::PublicKey::from_sec1_bytes(other.as_sec1()).expect("point");
        let shared = p256::ecdh::diffie_hellman(self.secret.as_nonzero_scalar(), other.as_affine());
        let mut x = [0; 32];
        x.copy_from_slice(shared.raw_secret_bytes());
        x
    }
}

impl Default for Key {
    fn default() -> Self {
        Self::new()
    }
}

impl Signer for Key {
    type Error = Infallible;

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], Infallible> {
        Ok(self.signature(message))
    }
}

/// The x-coordinate of a raw secret scalar times `other`: what a server computes for an offline code.
pub fn shared(secret: &[u8], other: &PublicKey) -> [u8; 32] {
    Key::of(SigningKey::from_slice(secret).expect("a scalar")).shared(other)
}

/// Order of the curve, big endian.
pub const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa,
    0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// The DER form of r‖s.
pub fn der(signature: &[u8]) -> Vec<u8> {
    Signature::from_slice(signature).expect("r and s").to_der().as_bytes().to_vec()
}

/// The other valid signature (r, n−s).
pub fn malleated(signature: &[u8]) -> Vec<u8> {
    let (r, s) = Signature::from_slice(signature).expect("r and s").split_scalars();
    let other = Signature::from_scalars(r.to_bytes(), (-*s).to_bytes()).expect("r and s");
    other.to_bytes().to_vec()
}
