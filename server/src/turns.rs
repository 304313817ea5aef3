//! Calls of services with the same `Idempotency-Key` take turns, so that two at the same moment make one object (3.11).

use countersign_protocol::label::sha256;
use std::sync::Arc;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// A few locks that keys share, instead of one for each: nothing to clean up.
pub struct Turns([Arc<Mutex<()>>; 64]);

impl Default for Turns {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Arc::default()))
    }
}

impl Turns {
    /// Waits for the turn of a key.
    pub async fn take(&self, key: &[u8]) -> OwnedMutexGuard<()> {
        let [first, ..] = sha256(key);
        self.0[usize::from(first) % self.0.len()].clone().lock_owned().await
    }
}
