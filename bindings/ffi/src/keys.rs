//! The shell's key store as the engine's port.

use countersign_engine::port;
use countersign_engine::port::{AppStatement, CreatedKey, KeyCaps, KeyUsage};
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

    /// Makes a key. `challenge` goes into its attestation, where there is one; without it none is made.
    fn create(
        &self,
        alias: String,
        usage: KeyUsage,
        challenge: Option<Vec<u8>>,
    ) -> Result<CreatedKey, KeyStoreFault>;

    /// App Attest over these 32 bytes, with a key that is made for this one statement. Asked only of a store that says
    /// that it has it.
    fn app_statement(&self, client_data: Vec<u8>) -> Result<AppStatement, KeyStoreFault>;

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
        Ok(self.0.create(alias.to_owned(), usage, challenge.map(<[u8]>::to_vec))?)
    }

    fn app_statement(&self, client_data: &[u8; 32]) -> Result<AppStatement, port::KeyStoreError> {
        Ok(self.0.app_statement(client_data.to_vec())?)
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

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_engine::port::{Attestations, Biometrics, KeyStore as Port, KeyStoreError, PrfKind};
    use countersign_protocol::message::Level;

    /// A shell's key store, as far as keys are made and vouched for.
    struct Shell;

    impl KeyStore for Shell {
        fn capabilities(&self) -> Result<KeyCaps, KeyStoreFault> {
            let (level, prf) = (Level::Tee, PrfKind::Hmac);
            Ok(KeyCaps { level, prf, bio: Biometrics::Strong, attest: Attestations::AndroidKey })
        }
        fn create(
            &self,
            alias: String,
            _: KeyUsage,
            challenge: Option<Vec<u8>>,
        ) -> Result<CreatedKey, KeyStoreFault> {
            let chain = challenge.map(|challenge| vec![challenge, b"authority".to_vec()]).unwrap_or_default();
            Ok(CreatedKey { public_key: alias.into_bytes(), chain })
        }
        fn app_statement(&self, client_data: Vec<u8>) -> Result<AppStatement, KeyStoreFault> {
            match client_data.first() {
                Some(0) => Err(KeyStoreFault::Transient),
                _ => Ok(AppStatement { object: client_data, key_id: vec![9; 32] }),
            }
        }
        fn sign(&self, _: String, _: Vec<u8>) -> Result<Vec<u8>, KeyStoreFault> {
            Err(KeyStoreFault::NotFound)
        }
        fn prf(&self, _: String, _: Vec<u8>) -> Result<Vec<u8>, KeyStoreFault> {
            Err(KeyStoreFault::NotFound)
        }
        fn wrap(&self, _: Vec<u8>) -> Result<Vec<u8>, KeyStoreFault> {
            Err(KeyStoreFault::Unsupported)
        }
        fn unwrap(&self, _: Vec<u8>) -> Result<Vec<u8>, KeyStoreFault> {
            Err(KeyStoreFault::NotFound)
        }
        fn delete(&self, _: String) -> Result<(), KeyStoreFault> {
            Ok(())
        }
        fn list(&self) -> Result<Vec<String>, KeyStoreFault> {
            Ok(Vec::new())
        }
    }

    #[test]
    fn what_vouches_for_a_key_reaches_the_core_as_the_shell_gave_it() {
        let keys = ShellKeys(Arc::new(Shell));
        let made = Port::create(&keys, "map.sign.1", KeyUsage::Sign, Some(&[5; 32])).unwrap();
        assert_eq!(made.public_key, b"map.sign.1");
        assert_eq!(made.chain, [vec![5; 32], b"authority".to_vec()]);
        assert!(Port::create(&keys, "map.sign.2", KeyUsage::Sign, None).unwrap().chain.is_empty());
        let statement = Port::app_statement(&keys, &[6; 32]).unwrap();
        assert_eq!((statement.object, statement.key_id), (vec![6; 32], vec![9; 32]));
        assert_eq!(Port::app_statement(&keys, &[0; 32]), Err(KeyStoreError::Transient));
    }
}
