//! Rotation of the server's keys beside a running server, which takes them into use within a second (3.8).

use super::{Operator, OperatorFault, now};
use crate::keys::{Keys, Ring, Rotation};
use crate::published::published_root;
use crate::store::{StoreFault, audit, sealed};
use countersign_protocol::time::Time;
use serde_json::json;
use std::fs::OpenOptions;
use std::path::Path;

/// Which keys are in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeysView {
    /// The generations.
    pub ring: Ring,
    /// The id of the key that signs now.
    pub signing: String,
    /// Sealed values that wait to be sealed under the new key encryption key, or to pass away.
    pub waiting: u64,
    /// Now, by this machine's clock.
    pub now: Time,
}

impl Operator {
    /// Which keys are in use.
    pub fn keys(&self, data: &Path) -> Result<KeysView, OperatorFault> {
        let (keys, now) = (Keys::open(data)?, now());
        let id = keys.kek.id();
        let waiting = self.app.store.read(|tx| -> Result<_, StoreFault> { sealed::count_others(tx, id) })?;
        let signing = keys.signing(now).map(|key| key.kid.clone()).unwrap_or_default();
        Ok(KeysView { signing, ring: keys.ring, waiting, now })
    }

    /// Makes the next generation of a key and takes it into use; it is in the audit log first.
    ///
    /// A second rotation of the key encryption key waits until nothing is sealed under the one before: only two are
    /// kept. A second change of root waits until a server has published the first: phones follow one step at a time.
    pub async fn rotate_keys(&self, data: &Path, rotation: Rotation) -> Result<KeysView, OperatorFault> {
        let folder = data.join("keys");
        let lock = OpenOptions::new().create(true).append(true).open(folder.join("ring.lock"))?;
        lock.try_lock().map_err(|_| OperatorFault::Rotating)?;
        let before = self.keys(data)?;
        if rotation == Rotation::Kek && before.waiting > 0 {
            return Err(OperatorFault::StillSealed(before.waiting));
        }
        let root = *Keys::open(data)?.root.public();
        if rotation == Rotation::Root && published_root(data).is_some_and(|shown| shown != root.thumbprint())
        {
            return Err(OperatorFault::NotPublished);
        }
        let (key, about) = (self.app.keys().audit.clone(), json!({"key": rotation.name()}));
        let noted = move |tx: &crate::store::Tx<'_>| audit::append(tx, &key, "keys_rotated", &about, now());
        self.write(noted).await?;
        Ring::rotate(&folder, rotation, now())?;
        self.keys(data)
    }
}
