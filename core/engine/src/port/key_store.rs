//! Keys in hardware, or in software where there is none (protocol 2.3).
//!
//! The engine never sees a private device key. It calls one operation at a time, from its own worker thread, and
//! verifies every signature before it uses it.

use countersign_protocol::message::Level;
use zeroize::Zeroizing;

/// What a key is for; the middle part of its alias `map.<usage>.<32 hexadecimal digits>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyUsage {
    /// Device key: ECDSA P-256, signs every message.
    Sign,
    /// Key of the hardware PRF inside the PIN derivation (2.2.1).
    Prf,
    /// Biometric key: ECDSA P-256, one check of the person for each signature. The engine never signs with it: the shell
    /// does, when it is asked for a signature (2.6).
    BioSign,
}

impl KeyUsage {
    /// The word in the alias.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Prf => "prf",
            Self::BioSign => "bio",
        }
    }
}

/// How the PRF is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrfKind {
    /// HMAC-SHA256 under a hardware key.
    Hmac,
    /// ECDH with a fixed point, then HMAC (Secure Enclave).
    Ecdh,
    /// HMAC-SHA256 in software.
    Software,
}

/// Biometric keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Biometrics {
    /// None.
    None,
    /// Strong biometrics, one check for each signature.
    Strong,
    /// Keys of that kind without a sensor: for trying it out.
    Software,
}

/// Attestations that the store can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attestations {
    /// None.
    None,
    /// Android key attestation.
    AndroidKey,
    /// Apple App Attest.
    AppleAppAttest,
}

/// What the key store of this machine can do. Told to the server as it is, never better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyCaps {
    /// Protection of the keys.
    pub level: Level,
    /// Kind of PRF.
    pub prf: PrfKind,
    /// Biometric keys.
    pub bio: Biometrics,
    /// Attestations.
    pub attest: Attestations,
}

/// A key that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatedKey {
    /// The public key: 65 bytes of SEC 1 or a DER SubjectPublicKeyInfo; empty for a PRF key.
    pub public_key: Vec<u8>,
    /// Android's certificates of the key with its challenge, in DER, leaf first; empty where there are none.
    pub chain: Vec<Vec<u8>>,
}

/// What Apple says of this app (App Attest).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppStatement {
    /// The attestation object.
    pub object: Vec<u8>,
    /// Id of the key that App Attest made for it: 32 bytes.
    pub key_id: Vec<u8>,
}

/// Why an operation of the key store did not succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyStoreError {
    /// No key of this alias. Permanent.
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
    /// The store did not answer in time.
    #[error("key store does not answer")]
    TimedOut,
    /// This store has no such operation.
    #[error("not supported by this key store")]
    Unsupported,
    /// Anything else, a fault of the adapter included. Nothing of its text goes further.
    #[error("key store failed")]
    Unexpected,
}

impl KeyStoreError {
    /// Whether the key is lost for good, so that only pairing again helps (2.2.2).
    pub const fn is_permanent(self) -> bool {
        matches!(self, Self::NotFound | Self::Invalidated)
    }
}

/// The key store of this machine.
pub trait KeyStore: Send + Sync {
    /// What it can do.
    fn capabilities(&self) -> Result<KeyCaps, KeyStoreError>;

    /// Makes a key. `challenge` (32 bytes) goes into its attestation, where there is one; without it none is made. Fails
    /// if `alias` exists.
    fn create(
        &self,
        alias: &str,
        usage: KeyUsage,
        challenge: Option<&[u8]>,
    ) -> Result<CreatedKey, KeyStoreError>;

    /// App Attest over these 32 bytes, with a key that is made for this one statement: two servers must not meet the same
    /// one. Asked only of a store that says [`Attestations::AppleAppAttest`].
    fn app_statement(&self, client_data: &[u8; 32]) -> Result<AppStatement, KeyStoreError>;

    /// ECDSA-SHA256 over `message` (not over a digest); 64 bytes r‖s or DER.
    fn sign(&self, alias: &str, message: &[u8]) -> Result<Vec<u8>, KeyStoreError>;

    /// `HWPRF(x)` of 2.2.1: 32 bytes for 32 bytes, always the same.
    fn prf(&self, alias: &str, x: &[u8; 32]) -> Result<Zeroizing<[u8; 32]>, KeyStoreError>;

    /// Seals the vault key under a key of this store.
    fn wrap(&self, plain: &[u8]) -> Result<Vec<u8>, KeyStoreError>;

    /// Opens what [`KeyStore::wrap`] gave. A blob of another installation is [`KeyStoreError::NotFound`].
    fn unwrap(&self, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyStoreError>;

    /// Deletes a key; one that does not exist is no error.
    fn delete(&self, alias: &str) -> Result<(), KeyStoreError>;

    /// Aliases of all keys of this installation. A store that several processes use leaves out those of the last
    /// minute: they may be somebody's who has not written down yet what they are for.
    fn list(&self) -> Result<Vec<String>, KeyStoreError>;
}
