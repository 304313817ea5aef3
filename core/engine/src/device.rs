//! Signing: by the device key, whose every signature is verified before it is used (N134), and by the PIN's key,
//! which exists only for that moment.

use crate::keyring::Keyring;
use crate::port::{KeyUsage, Random};
use crate::problem::Problem;
use crate::shared::{Rng, Shared};
use crate::vault::Binding;
use countersign_protocol::encoding::hex;
use countersign_protocol::id::Fid;
use countersign_protocol::key::PublicKey;
use countersign_protocol::message::enrol::PinFactor;
use countersign_protocol::signer::Signer;
use countersign_vault::derive::{PinEpoch, PinKeys};
use countersign_vault::device_key::{normalise_signature, verify};
use countersign_vault::kcv::{is_same_prf, prf_kcv_input};
use countersign_vault::kdf::KdfParams;
use countersign_vault::pin_entry::PinEntry;

/// The device key of a binding.
pub(crate) struct DeviceSigner<'a> {
    pub keyring: &'a Keyring,
    pub alias: &'a str,
    pub public: &'a PublicKey,
}

impl Signer for DeviceSigner<'_> {
    type Error = Problem;

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], Problem> {
        let raw = self.keyring.sign(self.alias, message)?;
        let signature = normalise_signature(&raw).map_err(|_| Problem::KeyFault)?;
        verify(self.public.as_sec1(), message, &signature).map_err(|_| Problem::KeyFault)?;
        Ok(signature)
    }
}

/// The signature key of a PIN.
pub(crate) struct PinSigner<'a> {
    pub keys: &'a PinKeys,
    pub random: &'a dyn Random,
}

impl Signer for PinSigner<'_> {
    type Error = Problem;

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], Problem> {
        Ok(self.keys.sign_hedged(message, &mut Rng(self.random))?)
    }
}

/// Bytes of a DER SubjectPublicKeyInfo before the point of a P-256 key.
const SPKI_HEAD: usize = 26;

/// A public key as key stores give it: 65 bytes of SEC 1, or a SubjectPublicKeyInfo that ends in them.
pub(crate) fn public_key(bytes: &[u8]) -> Result<PublicKey, Problem> {
    let point = if bytes.len() == SPKI_HEAD + 65 { &bytes[SPKI_HEAD..] } else { bytes };
    PublicKey::from_sec1(point).map_err(|_| Problem::KeyFault)
}

/// The public keys of a PIN, as a server is told them.
pub(crate) fn pin_factor(fid: Fid, keys: &PinKeys) -> Result<PinFactor, Problem> {
    let jwk =
        |sec1: [u8; 65]| PublicKey::from_sec1(&sec1).map(|key| key.to_jwk()).map_err(|_| Problem::Internal);
    Ok(PinFactor { fid, sig: jwk(keys.sig_public())?, ka: jwk(keys.ka_public())? })
}

impl Shared {
    /// `map.<usage>.<32 hexadecimal digits>`: random, never made from the account (2.3).
    pub(crate) fn alias(&self, usage: KeyUsage) -> Result<String, Problem> {
        Ok(format!("map.{}.{}", usage.as_str(), hex(&self.random::<16>()?)))
    }

    /// What the keys of a new PIN are derived with: all of it drawn afresh (2.5, corollary i).
    pub(crate) fn fresh_epoch(&self, kdf: KdfParams) -> Result<PinEpoch, Problem> {
        Ok(PinEpoch { salt: self.random()?, seed: self.random()?, fid: self.random()?, kdf })
    }

    /// The device key of `binding`.
    pub(crate) fn device<'a>(&'a self, binding: &'a Binding) -> DeviceSigner<'a> {
        DeviceSigner { keyring: &self.keyring, alias: &binding.dev_alias, public: &binding.device }
    }

    /// The signer of `keys`.
    pub(crate) fn pin_signer<'a>(&'a self, keys: &'a PinKeys) -> PinSigner<'a> {
        PinSigner { keys, random: &*self.random }
    }

    /// The keys of the PIN that was typed. A PRF key that is not the one of the enrolment is found before anything is
    /// derived, so no try is used up (2.2.3, N133).
    pub(crate) fn pin_keys(&self, binding: &Binding, pin: &mut PinEntry) -> Result<PinKeys, Problem> {
        if binding.pending.is_some() {
            // Which PIN counts is not known: asking for one would be a guess (3.7.1).
            return Err(Problem::ChangePending);
        }
        let answer = self.keyring.prf(&binding.prf_alias, &prf_kcv_input(&binding.epoch.fid))?;
        if !is_same_prf(&answer, &binding.kcv) {
            return Err(Problem::NeedsRepair);
        }
        self.derive(pin, &binding.epoch, binding.iss.as_str(), &binding.prf_alias)
    }

    /// The derivation of 2.2 with the key store's PRF.
    pub(crate) fn derive(
        &self,
        pin: &mut PinEntry,
        epoch: &PinEpoch,
        iss: &str,
        prf_alias: &str,
    ) -> Result<PinKeys, Problem> {
        let prf = |x: &[u8; 32]| self.keyring.prf(prf_alias, x).map(|b| *b).map_err(Problem::from);
        Ok(PinKeys::derive(pin, epoch, iss, prf)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::OsRandom;

    #[test]
    fn n141_the_pins_key_signs_the_same_payload_differently_each_time() {
        let mut pin = PinEntry::new();
        for digit in b"4927" {
            pin.push(*digit).unwrap();
        }
        let epoch = PinEpoch { salt: [1; 16], seed: [2; 32], fid: [3; 16], kdf: KdfParams::FLOOR };
        let keys = PinKeys::derive(&mut pin, &epoch, "https://id.example.eu", |_| Ok::<_, Problem>([4; 32]))
            .unwrap();
        let signer = PinSigner { keys: &keys, random: &OsRandom };
        let (one, two) = (signer.sign(b"payload").unwrap(), signer.sign(b"payload").unwrap());
        assert_ne!(one, two);
        let public = PublicKey::from_sec1(&keys.sig_public()).unwrap();
        assert!(public.verifies(b"payload", &one) && public.verifies(b"payload", &two));
    }
}
