//! The shell's key store as the engine's port.

use countersign_engine::port;
use countersign_engine::port::{CreatedKey, KeyCaps, KeyUsage};
use std::sync::Arc;
use zeroize::Zeroizing;

/// Why the key store did not do it.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum KeyStoreFault {
    /// No key of this alias, or a blob of another installation. Permanent.
    #[error("no such key")]
    NotFound,
    /// The key exists and can never be used again. Permanent.
    #[error("key invalidated")]
    Invalidated,
    /// A key of this alias exists already.
    #[error("key exists")]
    Exists,
    /// The device is locked, the store busy: worth another try.
    #[error("key store busy")]
    Transient,
    /// This store has no such operation.
    #[error("not supported by this key store")]
    Unsupported,
    /// Anything else.
    #[error("key store failed")]
    Unexpected,
}

impl From<uniffi::UnexpectedUniFFICallbackError> for KeyStoreFault {
    /// Its text is a stack trace of the shell: it ends here.
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Unexpected
    }
}

/// The key store of this machine (protocol 2.3). Called from a thread of its own, one operation at a time.
#[uniffi::export(foreign)]
pub trait KeyStore: Send + Sync {
    /// What it can do.
    fn capabilities(&self) -> Result<KeyCaps, KeyStoreFault>;

    /// Makes a key and gives its public part: 65 bytes of SEC 1 or a DER SubjectPublicKeyInfo, nothing for `PRF`.
    /// `challenge` goes into its attestation, where there is one.
    fn create(
        &self,
        alias: String,
        usage: KeyUsage,
        challenge: Option<Vec<u8>>,
    ) -> Result<Vec<u8>, KeyStoreFault>;

    /// ECDSA with SHA-256 over the bytes, not over a digest; 64 bytes or DER.
    fn sign(&self, alias: String, payload: Vec<u8>) -> Result<Vec<u8>, KeyStoreFault>;

    /// 32 bytes for 32 bytes, always the same.
    fn prf(&self, alias: String, input: Vec<u8>) -> Result<Vec<u8>, KeyStoreFault>;

    /// Seals the vault key.
    fn wrap(&self, plain: Vec<u8>) -> Result<Vec<u8>, KeyStoreFault>;

    /// Opens what `wrap` gave.
    fn unwrap(&self, wrapped: Vec<u8>) -> Result<Vec<u8>, KeyStoreFault>;

    /// Deletes a key; one that does not exist is no fault.
    fn delete(&self, alias: String) -> Result<(), KeyStoreFault>;

    /// Aliases of all keys of this installation.
    fn list(&self) -> Result<Vec<String>, KeyStoreFault>;
}

/// The port that the engine calls.
pub(crate) struct ShellKeys(pub Arc<dyn KeyStore>);

impl port::KeyStore for ShellKeys {
    fn capabilities(&self) -> Result<KeyCaps, port::KeyStoreError> {
        Ok(self.0.capabilities()?)
    }

    fn create(
        &self,
        alias: &str,
        usage: KeyUsage,
        challenge: Option<&[u8]>,
    ) -> Result<CreatedKey, port::KeyStoreError> {
        let public = self.0.create(alias.to_owned(), usage, challenge.map(<[u8]>::to_vec))?;
        Ok(CreatedKey { public })
    }

    fn sign(&self, alias: &str, message: &[u8]) -> Result<Vec<u8>, port::KeyStoreError> {
        Ok(self.0.sign(alias.to_owned(), message.to_vec())?)
    }

    fn prf(&self, alias: &str, x: &[u8; 32]) -> Result<Zeroizing<[u8; 32]>, port::KeyStoreError> {
        let output = Zeroizing::new(self.0.prf(alias.to_owned(), x.to_vec())?);
        output.as_slice().try_into().map(Zeroizing::new).map_err(|_| port::KeyStoreError::Unexpected)
    }

    fn wrap(&self, plain: &[u8]) -> Result<Vec<u8>, port::KeyStoreError> {
        Ok(self.0.wrap(plain.to_vec())?)
    }

    fn unwrap(&self, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, port::KeyStoreError> {
        Ok(Zeroizing::new(self.0.unwrap(wrapped.to_vec())?))
    }

    fn delete(&self, alias: &str) -> Result<(), port::KeyStoreError> {
        Ok(self.0.delete(alias.to_owned())?)
    }

    fn list(&self) -> Result<Vec<String>, port::KeyStoreError> {
        Ok(self.0.list()?)
    }
}

impl From<KeyStoreFault> for port::KeyStoreError {
    fn from(fault: KeyStoreFault) -> Self {
        match fault {
            KeyStoreFault::NotFound => Self::NotFound,
            KeyStoreFault::Invalidated => Self::Invalidated,
            KeyStoreFault::Exists => Self::Exists,
            KeyStoreFault::Transient => Self::Transient,
            KeyStoreFault::Unsupported => Self::Unsupported,
            KeyStoreFault::Unexpected => Self::Unexpected,
        }
    }
}
