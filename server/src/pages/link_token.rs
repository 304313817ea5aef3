//! The secret in the address of a link that is written to somebody. The server keeps its hash.

use crate::random;
use countersign_protocol::encoding::{array_from_b64u, b64u};
use countersign_protocol::label::sha256;

/// A secret that was just drawn.
pub struct LinkToken([u8; 32]);

impl LinkToken {
    /// Draws one.
    pub fn draw() -> Self {
        Self(random::bytes())
    }

    /// As it stands in the link.
    pub fn text(&self) -> String {
        b64u(&self.0)
    }

    /// What is kept of it.
    pub fn hash(&self) -> [u8; 32] {
        sha256(&self.0)
    }
}

/// What is kept of the secret of an address that is opened; nothing if it cannot be one.
pub fn hash_of(text: &str) -> Option<[u8; 32]> {
    Some(sha256(&array_from_b64u::<32>(text).ok()?))
}
