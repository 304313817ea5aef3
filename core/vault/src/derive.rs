//! From the PIN to its two keys (2.2), and what is done with them: the factor signature and the key of offline
//! codes (3.6).
//!
//! The keys are recomputed for each use and never kept. Every PIN gives a valid pair: nothing here, in result or in
//! time, tells a right PIN from a wrong one. Only hedged signatures leave this module (D5).

use crate::device_key::sec1;
use crate::hash::{hkdf, hkdf_expand, hmac_sha256, sha256};
use crate::kdf::{KdfError, KdfParams};
use crate::pin_entry::PinEntry;
use crate::pin_rules::{MIN_DIGITS, PinRejected, check_length};
use crate::stack;
use p256::ecdsa::{Signature, SigningKey, signature::RandomizedSigner};
use p256::elliptic_curve::{ops::Reduce, sec1::ToSec1Point};
use p256::{FieldBytes, NonZeroScalar, PublicKey, Scalar, SecretKey};
use rand_core::TryCryptoRng;
use thiserror::Error;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// What a binding stores for its PIN: random, independent of it, and new with every change. Wiped on drop.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct PinEpoch {
    /// Salt of the stretching.
    pub salt: [u8; 16],
    /// Salt of the extraction.
    pub seed: [u8; 32],
    /// Id of the PIN keys.
    pub fid: [u8; 16],
    /// How the PIN is stretched.
    #[zeroize(skip)]
    pub kdf: KdfParams,
}

/// Why there are no keys; `E` is the error of the hardware's PRF. In every case nothing may be sent (2.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DeriveError<E> {
    /// No PIN has that length.
    #[error(transparent)]
    Pin(#[from] PinRejected),
    /// An issuer of more than 255 bytes.
    #[error("the issuer is too long")]
    Issuer,
    /// The stretching failed.
    #[error(transparent)]
    Kdf(#[from] KdfError),
    /// The hardware failed.
    #[error("the key store did not answer")]
    Prf(E),
    /// A key came out as zero (one in 2^255); at enrolment a new seed helps.
    #[error("the derivation gave no key")]
    Internal,
}

/// A step that fails only if a library breaks its contract, or a public key that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PinKeyError {
    /// The random source failed: without it no factor signature is made.
    #[error("no random bytes")]
    Random,
    /// The server's offline key is no point of the curve.
    #[error("the offline key is no P-256 public key")]
    OfflineKey,
    /// A library refused sizes that it promises to take.
    #[error("the derivation gave no key")]
    Internal,
}

/// The PIN's keys, for the moment of their use: signing (`pin-sig`) and key agreement (`pin-ka`). Wiped on drop.
pub struct PinKeys {
    sig: SigningKey,
    ka: SecretKey,
    fid: [u8; 16],
}

impl PinKeys {
    /// Derives both keys, with one run of the stretching and one call of `prf`, the hardware's PRF. The entry is
    /// wiped in any case, before `prf` is called. `iss` is the issuer as the binding stores it.
    pub fn derive<E>(
        pin: &mut PinEntry,
        epoch: &PinEpoch,
        iss: &str,
        prf: impl FnOnce(&[u8; 32]) -> Result<[u8; 32], E>,
    ) -> Result<Self, DeriveError<E>> {
        stack::wiped(|| derive_keys(pin, epoch, iss, prf))
    }

    /// Public key of `pin-sig`, 65 bytes SEC1. Goes to the server alone and is never kept.
    pub fn sig_public(&self) -> [u8; 65] {
        sec1(&self.sig)
    }

    /// Public key of `pin-ka`, 65 bytes SEC1. Goes to the server alone and is never kept.
    pub fn ka_public(&self) -> [u8; 65] {
        let mut bytes = [0; 65];
        bytes.copy_from_slice(self.ka.public_key().to_sec1_point(false).as_bytes());
        bytes
    }

    /// Factor signature (ES256, r and s of 32 bytes each) with a nonce from key, message and fresh random bytes:
    /// the same message gives another signature each time.
    pub fn sign_hedged<R: TryCryptoRng + ?Sized>(
        &self,
        message: &[u8],
        rng: &mut R,
    ) -> Result<[u8; 64], PinKeyError> {
        let signed: Result<Signature, _> = stack::wiped(|| self.sig.try_sign_with_rng(rng, message));
        signed.map(|signature| signature.to_bytes().into()).map_err(|_| PinKeyError::Random)
    }

    /// RFC 6979 signature, for the published vectors only. Behind a feature that no build asks for: a signature
    /// that can be recomputed is a test value for guesses (A2).
    #[cfg(any(test, feature = "vectors"))]
    pub fn sign_rfc6979(&self, message: &[u8]) -> [u8; 64] {
        use p256::ecdsa::signature::Signer;
        let signature: Signature = self.sig.sign(message);
        signature.to_bytes().into()
    }

    /// `K_off` of 3.6 step 4: `aid` is the binding's, `ok` the `kid` of the server's offline key and `off_public`
    /// that key, 65 bytes SEC1. The code itself is `countersign-protocol`'s to compute.
    pub fn offline_key(
        &self,
        aid: &[u8; 16],
        ok: &str,
        off_public: &[u8; 65],
    ) -> Result<OfflineKey, PinKeyError> {
        let server = PublicKey::from_sec1_bytes(off_public).map_err(|_| PinKeyError::OfflineKey)?;
        stack::wiped(|| {
            let z = self.ka.diffie_hellman(&server);
            let salt = sha256(&[aid, &self.fid, ok.as_bytes()]);
            let key = hkdf(&salt, z.raw_secret_bytes(), &[b"MAP1 offline code\0"]);
            key.map(|key| OfflineKey(*key)).map_err(|_| PinKeyError::Internal)
        })
    }

    /// From `prk` of 2.2; `None` if a scalar is zero.
    fn from_prk(prk: &[u8; 32], fid: [u8; 16]) -> Option<Self> {
        let sig = scalar(&*hkdf_expand(prk, &[b"MAP1 pin-sig\0", &fid]).ok()?)?;
        let ka = scalar(&*hkdf_expand(prk, &[b"MAP1 pin-ka\0", &fid]).ok()?)?;
        Some(Self { sig: SigningKey::from(*sig), ka: SecretKey::from(*ka), fid })
    }

    /// The two scalars, for the published vectors.
    #[cfg(test)]
    pub(crate) fn scalars(&self) -> [[u8; 32]; 2] {
        [self.sig.to_bytes().into(), self.ka.to_bytes().into()]
    }
}

/// `K_off`: the key of one offline code. Wiped on drop.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct OfflineKey([u8; 32]);

impl OfflineKey {
    /// The bytes, for computing the code.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The chain of 2.2. In a frame of its own, which the caller overwrites.
#[inline(never)]
fn derive_keys<E>(
    pin: &mut PinEntry,
    epoch: &PinEpoch,
    iss: &str,
    prf: impl FnOnce(&[u8; 32]) -> Result<[u8; 32], E>,
) -> Result<PinKeys, DeriveError<E>> {
    let a = stretched(pin, epoch)?;
    let x = prf_input(iss, &epoch.fid, &a).ok_or(DeriveError::Issuer)?;
    let b = Zeroizing::new(prf(&x).map_err(DeriveError::Prf)?);
    let prk = extracted(&epoch.seed, &a, &b);
    PinKeys::from_prk(&prk, epoch.fid).ok_or(DeriveError::Internal)
}

/// `a`, and the end of the PIN.
fn stretched<E>(pin: &mut PinEntry, epoch: &PinEpoch) -> Result<Zeroizing<[u8; 32]>, DeriveError<E>> {
    let pin = pin.consume();
    check_length(pin.digits().len(), MIN_DIGITS)?;
    Ok(epoch.kdf.stretch(pin.digits(), &epoch.salt)?)
}

/// `x`: bound to the issuer and to the epoch, so that the hardware's answers for one binding say nothing of another.
pub(crate) fn prf_input(iss: &str, fid: &[u8; 16], a: &[u8; 32]) -> Option<Zeroizing<[u8; 32]>> {
    let length = u8::try_from(iss.len()).ok()?;
    Some(Zeroizing::new(sha256(&[b"MAP1 pin prf\0", &[length], iss.as_bytes(), fid, a])))
}

/// `prk`: HKDF's extraction over both halves.
pub(crate) fn extracted(seed: &[u8; 32], a: &[u8; 32], b: &[u8; 32]) -> Zeroizing<[u8; 32]> {
    hmac_sha256(seed, &[a, b])
}

/// 48 bytes modulo the group's order, in constant time; `None` for zero.
fn scalar(wide: &[u8; 48]) -> Option<Zeroizing<NonZeroScalar>> {
    // 2^192: what the upper 24 bytes count.
    let mut weight = FieldBytes::default();
    weight[7] = 1;
    let (upper, lower) = wide.split_at(24);
    let value = half(upper) * <Scalar as Reduce<FieldBytes>>::reduce(&weight) + half(lower);
    NonZeroScalar::new(value).into_option().map(Zeroizing::new)
}

/// 24 bytes as a scalar; they are always below the order.
fn half(bytes: &[u8]) -> Scalar {
    let mut padded = Zeroizing::new([0; 32]);
    padded[8..].copy_from_slice(bytes);
    Reduce::<FieldBytes>::reduce(&FieldBytes::from(*padded))
}

#[cfg(test)]
#[path = "derive_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "derive_wycheproof_tests.rs"]
mod wycheproof_tests;
