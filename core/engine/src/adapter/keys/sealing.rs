//! Who keeps the sealing key: decided once for a folder and written down in it, never changed silently.

use super::folder::Folder;
use super::random;
use crate::port::KeyStoreError;
use countersign_protocol::encoding::hex;
use countersign_vault::seal::VaultKey;

/// Name of the file that says who keeps the key.
const KEPT_BY: &str = "kept-by";
/// Name of the file with the key, where nobody else keeps it.
const KEY_FILE: &str = "sealing";
/// First word of [`KEPT_BY`]: a file.
const BY_FILE: &str = "file";
/// First word of [`KEPT_BY`]: the secret service; the second word names the entry.
const BY_SERVICE: &str = "secret-service";

/// Where a new folder's key shall be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// With the desktop's secret service if there is one, else in a file.
    Desktop,
    /// In a file beside the keys.
    File,
}

/// Who keeps the sealing key of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptBy {
    /// The desktop's secret service.
    SecretService,
    /// A file beside the keys: whoever copies the folder has the keys.
    File,
}

/// The sealing key of the folder; a new folder gets one.
pub(super) fn key(folder: &Folder, keeping: Keeping) -> Result<(VaultKey, KeptBy), KeyStoreError> {
    let Some(kept) = folder.read(KEPT_BY)? else { return fresh(folder, keeping) };
    let kept = String::from_utf8(kept).map_err(|_| KeyStoreError::Invalidated)?;
    match kept.trim().split_once(' ').unwrap_or((kept.trim(), "")) {
        (BY_FILE, _) => {
            let bytes = folder.read(KEY_FILE)?.ok_or(KeyStoreError::NotFound)?;
            Ok((vault_key(bytes)?, KeptBy::File))
        }
        (BY_SERVICE, name) => Ok((vault_key(service::load(name)?)?, KeptBy::SecretService)),
        _ => Err(KeyStoreError::Invalidated),
    }
}

fn fresh(folder: &Folder, keeping: Keeping) -> Result<(VaultKey, KeptBy), KeyStoreError> {
    let key = VaultKey::from_bytes(random()?);
    let name = hex(&random::<8>()?);
    if keeping == Keeping::Desktop && service::keep(&name, key.as_bytes()).is_ok() {
        folder.write(KEPT_BY, format!("{BY_SERVICE} {name}\n").as_bytes())?;
        return Ok((key, KeptBy::SecretService));
    }
    folder.write(KEY_FILE, key.as_bytes())?;
    folder.write(KEPT_BY, format!("{BY_FILE}\n").as_bytes())?;
    Ok((key, KeptBy::File))
}

fn vault_key(bytes: Vec<u8>) -> Result<VaultKey, KeyStoreError> {
    let bytes = zeroize::Zeroizing::new(bytes);
    let key: [u8; 32] = bytes.as_slice().try_into().map_err(|_| KeyStoreError::Invalidated)?;
    Ok(VaultKey::from_bytes(key))
}

/// The desktop's secret service, by `keyring-core`. Without a session bus every call fails at once.
#[cfg(all(feature = "keyring", target_os = "linux"))]
mod service {
    use crate::port::KeyStoreError;
    use dbus_secret_service_keyring_store::Store;
    use keyring_core::api::CredentialStoreApi;
    use keyring_core::{Entry, Error};

    /// What the entries are called.
    const SERVICE: &str = "countersign";

    pub(super) fn keep(name: &str, key: &[u8; 32]) -> Result<(), KeyStoreError> {
        let entry = entry(name)?;
        entry.set_secret(key).map_err(|error| fault(&error))?;
        // A service that takes a secret and does not give it back is none.
        let back = entry.get_secret().map_err(|error| fault(&error))?;
        if back == key { Ok(()) } else { Err(KeyStoreError::Unexpected) }
    }

    pub(super) fn load(name: &str) -> Result<Vec<u8>, KeyStoreError> {
        entry(name)?.get_secret().map_err(|error| fault(&error))
    }

    fn entry(name: &str) -> Result<Entry, KeyStoreError> {
        let store = Store::new().map_err(|error| fault(&error))?;
        store.build(SERVICE, name, None).map_err(|error| fault(&error))
    }

    fn fault(error: &Error) -> KeyStoreError {
        match error {
            Error::NoEntry => KeyStoreError::NotFound,
            _ => KeyStoreError::Transient,
        }
    }
}

/// Builds and systems without a secret service.
#[cfg(not(all(feature = "keyring", target_os = "linux")))]
mod service {
    use crate::port::KeyStoreError;

    pub(super) fn keep(_: &str, _: &[u8; 32]) -> Result<(), KeyStoreError> {
        Err(KeyStoreError::Unsupported)
    }

    pub(super) fn load(_: &str) -> Result<Vec<u8>, KeyStoreError> {
        Err(KeyStoreError::Unsupported)
    }
}
