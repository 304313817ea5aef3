//! The key store of machines without hardware for it: sealed files (protocol 2.3, level `software`).
//!
//! Device and PRF keys lie in one folder, each sealed with AES-256-GCM under a key that the desktop's secret service
//! keeps, or, where there is none, under one that lies beside them. [`SoftwareKeyStore::kept_by`] tells which, and
//! whoever uses this store has to say it aloud: a copy of such a folder is a copy of the keys.

mod folder;
mod sealing;

pub use sealing::{Keeping, KeptBy};

use crate::port::{
    AppStatement, Attestations, Biometrics, CreatedKey, KeyCaps, KeyStore, KeyStoreError, KeyUsage, PrfKind,
};
use countersign_protocol::message::Level;
use countersign_vault::device_key::DeviceKey;
use countersign_vault::hwprf::SoftwarePrf;
use countersign_vault::seal::{RowKey, RowPlace};
use folder::{Folder, YOUNG};
use std::path::Path;
use zeroize::Zeroizing;

/// Version of the files' form; authenticated with each.
const FILE_VERSION: u32 = 1;
/// What the files are sealed as.
const KEY: &str = "software key";
/// What the vault key is sealed as.
const WRAPPED: &str = "wrapped key";

/// Keys in sealed files.
pub struct SoftwareKeyStore {
    folder: Folder,
    sealing: RowKey,
    kept_by: KeptBy,
}

impl SoftwareKeyStore {
    /// Opens the folder, or makes it with a new sealing key.
    pub fn open(folder: &Path, keeping: Keeping) -> Result<Self, KeyStoreError> {
        let folder = Folder::open(folder)?;
        let (key, kept_by) = sealing::key(&folder, keeping)?;
        let sealing = key.row_key().map_err(|_| KeyStoreError::Unexpected)?;
        Ok(Self { folder, sealing, kept_by })
    }

    /// Who keeps the sealing key.
    pub fn kept_by(&self) -> KeptBy {
        self.kept_by
    }

    fn seal(&self, table: &str, id: &str, plain: &[u8]) -> Result<Vec<u8>, KeyStoreError> {
        self.sealing.seal(place(table, id), random()?, plain).map_err(|_| KeyStoreError::Unexpected)
    }

    /// A file that does not open is not that key any more.
    fn secret(&self, alias: &str) -> Result<Zeroizing<[u8; 32]>, KeyStoreError> {
        let sealed = self.folder.read(&file_name(alias)?)?.ok_or(KeyStoreError::NotFound)?;
        let plain = self.sealing.open(place(KEY, alias), &sealed).map_err(|_| KeyStoreError::Invalidated)?;
        let bytes: [u8; 32] = plain.as_slice().try_into().map_err(|_| KeyStoreError::Invalidated)?;
        Ok(Zeroizing::new(bytes))
    }
}

impl KeyStore for SoftwareKeyStore {
    fn capabilities(&self) -> Result<KeyCaps, KeyStoreError> {
        Ok(KeyCaps {
            level: Level::Software,
            prf: PrfKind::Software,
            bio: Biometrics::Software,
            attest: Attestations::None,
        })
    }

    fn create(&self, alias: &str, usage: KeyUsage, _: Option<&[u8]>) -> Result<CreatedKey, KeyStoreError> {
        let name = file_name(alias)?;
        if self.folder.read(&name)?.is_some() {
            return Err(KeyStoreError::Exists);
        }
        let (secret, public_key) = match usage {
            KeyUsage::Sign | KeyUsage::BioSign => {
                let key = fresh_device_key()?;
                (key.to_bytes(), key.public().to_vec())
            }
            KeyUsage::Prf => (Zeroizing::new(random()?), Vec::new()),
        };
        self.folder.write(&name, &self.seal(KEY, alias, secret.as_slice())?)?;
        Ok(CreatedKey { public_key, chain: Vec::new() })
    }

    fn app_statement(&self, _: &[u8; 32]) -> Result<AppStatement, KeyStoreError> {
        Err(KeyStoreError::Unsupported)
    }

    fn sign(&self, alias: &str, message: &[u8]) -> Result<Vec<u8>, KeyStoreError> {
        let key = DeviceKey::from_bytes(&*self.secret(alias)?).map_err(|_| KeyStoreError::Invalidated)?;
        Ok(key.sign(message).to_vec())
    }

    fn prf(&self, alias: &str, x: &[u8; 32]) -> Result<Zeroizing<[u8; 32]>, KeyStoreError> {
        Ok(Zeroizing::new(SoftwarePrf::from_bytes(*self.secret(alias)?).evaluate(x)))
    }

    fn wrap(&self, plain: &[u8]) -> Result<Vec<u8>, KeyStoreError> {
        self.seal(WRAPPED, "", plain)
    }

    fn unwrap(&self, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyStoreError> {
        self.sealing.open(place(WRAPPED, ""), wrapped).map_err(|_| KeyStoreError::NotFound)
    }

    fn delete(&self, alias: &str) -> Result<(), KeyStoreError> {
        self.folder.remove(&file_name(alias)?)
    }

    fn list(&self) -> Result<Vec<String>, KeyStoreError> {
        let names = self.folder.names(YOUNG)?;
        Ok(names.iter().filter_map(|name| name.strip_suffix(SUFFIX)).map(str::to_owned).collect())
    }
}

const SUFFIX: &str = ".key";

/// An alias becomes a file name only if it has the form of one.
fn file_name(alias: &str) -> Result<String, KeyStoreError> {
    let form = alias.starts_with("map.")
        && alias.len() <= 64
        && alias.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.');
    if form { Ok(format!("{alias}{SUFFIX}")) } else { Err(KeyStoreError::NotFound) }
}

fn fresh_device_key() -> Result<DeviceKey, KeyStoreError> {
    // Bytes that are no scalar come once in 2^32 at the most.
    (0..4)
        .find_map(|_| {
            let bytes = Zeroizing::new(random::<32>().ok()?);
            DeviceKey::from_bytes(&bytes).ok()
        })
        .ok_or(KeyStoreError::Unexpected)
}

fn place<'a>(table: &'a str, id: &'a str) -> RowPlace<'a> {
    RowPlace { table, id: id.as_bytes(), schema_version: FILE_VERSION }
}

fn random<const N: usize>() -> Result<[u8; N], KeyStoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| KeyStoreError::Unexpected)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
