//! The keys of one binding, and a factor signature that the witness remembers.

use crate::key::{Key, random};
use crate::witness;
use countersign_protocol::encoding::b64u;
use countersign_protocol::id::Fid;
use countersign_protocol::signer::Signer;
use std::convert::Infallible;

/// What a phone makes when it is paired.
#[derive(Clone)]
pub struct Keys {
    /// Device key.
    pub dev: Key,
    /// Random id of the PIN keys.
    pub fid: String,
    /// PIN signature key.
    pub sig: Key,
    /// PIN key agreement key.
    pub ka: Key,
}

impl Keys {
    /// New ones.
    pub fn new() -> Self {
        Self { dev: Key::new(), fid: new_fid(), sig: Key::new(), ka: Key::new() }
    }

    /// What the right PIN gives.
    pub fn pin(&self) -> Factor {
        Factor { kid: self.fid.clone(), key: self.sig.clone() }
    }

    /// What a wrong PIN gives: another valid key under the same id.
    pub fn wrong_pin(&self) -> Factor {
        Factor { kid: self.fid.clone(), key: Key::new() }
    }
}

impl Default for Keys {
    fn default() -> Self {
        Self::new()
    }
}

/// A random factor id.
pub fn new_fid() -> String {
    b64u(&random::<16>())
}

/// A key that signs as a factor.
#[derive(Clone)]
pub struct Factor {
    /// The id in its header.
    pub kid: String,
    /// The key.
    pub key: Key,
}

impl Factor {
    /// The id.
    pub fn fid(&self) -> Fid {
        Fid::parse(&self.kid).expect("a fid")
    }
}

impl Signer for Factor {
    type Error = Infallible;

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], Infallible> {
        let signature = self.key.signature(message);
        witness::remember(&b64u(&signature));
        Ok(signature)
    }
}
