//! What all flows share: the ports, the opened vault, the worker thread of the key store, nonces and the PIN brake.

use crate::keyring::Keyring;
use crate::patience::Patience;
use crate::port::{Clock, KeyStore, Random, Store, Transport};
use crate::problem::Problem;
use crate::vault::Vault;
use countersign_protocol::id::Jti;
use countersign_protocol::issuer::{Issuer, Profile};
use countersign_protocol::message::enrol::PhoneInfo;
use countersign_vault::kdf::{CALIBRATION_BUDGET_MS, KdfParams};
use rand_core::{TryCryptoRng, TryRng};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long the key store may take for one operation.
pub const KEY_STORE_PATIENCE: Duration = Duration::from_secs(30);

/// What the engine runs on.
pub struct Ports {
    /// Keys of this machine.
    pub keys: Arc<dyn KeyStore>,
    /// The vault file.
    pub store: Arc<dyn Store>,
    /// The way to servers.
    pub transport: Arc<dyn Transport>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
}

/// How the engine is set up.
pub struct Options {
    /// Whether servers on loopback http are allowed; never in a phone's release build.
    pub profile: Profile,
    /// How this phone calls itself; `app` is the version that servers compare.
    pub phone: PhoneInfo,
    /// Which app this is.
    pub platform: Platform,
    /// How PINs are stretched.
    pub kdf: Kdf,
    /// How long the key store may take for one operation; see [`KEY_STORE_PATIENCE`].
    pub key_store_patience: Duration,
}

/// Which app this is: servers name the oldest version they take for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform {
    /// The Android app.
    Android,
    /// The iOS app.
    Ios,
    /// The command line, for which no server names a version.
    Cli,
}

/// How PINs are stretched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kdf {
    /// Measured at the first pairing (2.2).
    Calibrated,
    /// The least that a vault takes, for tests that need very many PINs.
    Least,
    /// These parameters, for tests; the vault refuses any below its floor.
    Fixed(KdfParams),
}

/// What all flows share.
pub(crate) struct Shared {
    pub vault: Vault,
    pub keyring: Keyring,
    pub transport: Arc<dyn Transport>,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub options: Options,
    pub patience: Patience,
    nonces: Mutex<HashMap<Issuer, String>>,
}

impl Shared {
    /// Opens the vault.
    pub(crate) fn open(ports: Ports, options: Options) -> Result<Self, Problem> {
        let keyring = Keyring::new(ports.keys, options.key_store_patience);
        let vault = Vault::open(ports.store, ports.random.clone(), &keyring)?;
        Ok(Self {
            vault,
            keyring,
            transport: ports.transport,
            patience: Patience::new(ports.clock.clone()),
            clock: ports.clock,
            random: ports.random,
            options,
            nonces: Mutex::default(),
        })
    }

    /// The last nonce of a server, or an empty text.
    pub(crate) fn nonce(&self, iss: &Issuer) -> String {
        self.nonces.lock().unwrap_or_else(PoisonError::into_inner).get(iss).cloned().unwrap_or_default()
    }

    /// Keeps the nonce of an answer.
    pub(crate) fn keep_nonce(&self, iss: &Issuer, nonce: String) {
        self.nonces.lock().unwrap_or_else(PoisonError::into_inner).insert(iss.clone(), nonce);
    }

    /// Random bytes.
    pub(crate) fn random<const N: usize>(&self) -> Result<[u8; N], Problem> {
        let mut bytes = [0; N];
        self.random.fill(&mut bytes)?;
        Ok(bytes)
    }

    /// A fresh message id.
    pub(crate) fn jti(&self) -> Result<Jti, Problem> {
        Ok(Jti::from_bytes(self.random()?))
    }

    /// The parameters for a new PIN: measured once, then kept.
    pub(crate) fn kdf(&self) -> Result<KdfParams, Problem> {
        match self.options.kdf {
            Kdf::Fixed(params) => return Ok(params),
            Kdf::Least => return Ok(KdfParams::FLOOR),
            Kdf::Calibrated => {}
        }
        if let Some(params) = self.vault.kdf()? {
            return Ok(params);
        }
        let params = self.measured();
        self.vault.set_kdf(params)?;
        Ok(params)
    }

    /// The parameters for another PIN in the place of one: measured again where the kept ones are not the first rung, so
    /// that they rise with the phone's system, and never fall (2.2).
    pub(crate) fn kdf_of_change(&self) -> Result<KdfParams, Problem> {
        let kept = self.kdf()?;
        if self.options.kdf != Kdf::Calibrated || kept.rung() == Some(0) {
            return Ok(kept);
        }
        let measured = self.measured();
        if measured.rung() >= kept.rung() && kept.rung().is_some() {
            return Ok(kept);
        }
        self.vault.set_kdf(measured)?;
        Ok(measured)
    }

    /// The strongest parameters that this machine computes within the budget; the weakest rung if none.
    fn measured(&self) -> KdfParams {
        let [mut params, ..] = KdfParams::LADDER;
        loop {
            let start = self.clock.monotonic();
            let done = params.probe().is_ok();
            let quick = self.clock.monotonic() - start <= Duration::from_millis(CALIBRATION_BUDGET_MS);
            match params.easier() {
                Some(easier) if !(done && quick) => params = easier,
                _ => return params,
            }
        }
    }
}

/// The random port as a source for hedged signatures.
pub(crate) struct Rng<'a>(pub &'a dyn Random);

impl TryRng for Rng<'_> {
    type Error = crate::port::RandomFault;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Self::Error> {
        self.0.fill(out)
    }
}

impl TryCryptoRng for Rng<'_> {}
