//! `Idempotency-Key` (3.11): the same key and body give the same answer, for three calls only.

use super::Actor;
use crate::app::Shared;
use crate::keys::BodyMacs;
use crate::random;
use crate::reply::{self, Refusal};
use crate::seal::Purpose;
use crate::store::repeat::{self, Key};
use crate::store::{StoreFault, Tx};
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_protocol::problem::Code;
use countersign_protocol::time::Time;
use serde_json::Value;
use tokio::sync::OwnedMutexGuard;

/// Seconds that a key is remembered at the most.
const MOST: u64 = 86_400;

/// A key that was given, the MAC of the body that came with it, and the key's turn.
pub struct Once {
    key: Key,
    body_mac: BodyMacs,
    _turn: OwnedMutexGuard<()>,
}

/// An answer under its key, for the transaction that makes the object: a crash leaves both or neither.
pub struct Kept {
    key: Key,
    body_mac: BodyMacs,
    sealed: Vec<u8>,
    until: Time,
}

impl Kept {
    /// Remembers it.
    pub fn insert(&self, tx: &Tx<'_>) -> Result<(), StoreFault> {
        repeat::insert(tx, &self.key, &self.body_mac.current, &self.sealed, self.until)
    }
}

impl Once {
    /// The key of a call, if it has one, once no other call with it is under way.
    pub async fn of(
        app: &Shared,
        actor: &Actor,
        headers: &HeaderMap,
        path: &str,
        body: &[u8],
    ) -> Result<Option<Self>, Refusal> {
        let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
        let key = value.to_str().map_err(|_| Code::Malformed)?;
        if key.is_empty() || key.len() > 64 || !key.bytes().all(|b| (0x20..0x7f).contains(&b)) {
            return Err(Code::Malformed.into());
        }
        let key = Key { service: actor.service.id.clone(), path: path.to_owned(), key: key.to_owned() };
        let turn = app.turns.take(&purpose_of(&key)).await;
        Ok(Some(Self { key, body_mac: app.keys().body_macs(body), _turn: turn }))
    }

    /// The answer that was given before.
    pub fn earlier(&self, app: &Shared) -> Result<Option<Response>, Refusal> {
        let now = app.now();
        let found = app.store.read(|tx| -> Result<_, StoreFault> { repeat::find(tx, &self.key, now) })?;
        let Some((body_mac, sealed)) = found else { return Ok(None) };
        if !self.body_mac.fits(&body_mac) {
            return Err(Code::IdempotencyConflict.into());
        }
        let body = app.keys().kek.open(&self.purpose(), &sealed)?;
        Ok(Some(reply::stored(201, body)))
    }

    /// The answer, to be remembered for as long as its object lives. The key's turn ends with `self`, after the commit.
    pub fn kept(&self, app: &Shared, answer: &Value, until: Time) -> Result<Kept, Refusal> {
        let sealed = app.keys().kek.seal(&self.purpose(), answer.to_string().as_bytes(), random::bytes())?;
        let until = until.min(app.now().plus(MOST));
        Ok(Kept { key: self.key.clone(), body_mac: self.body_mac, sealed, until })
    }

    fn purpose(&self) -> Purpose {
        Purpose::stored(&purpose_of(&self.key))
    }
}

fn purpose_of(key: &Key) -> Vec<u8> {
    format!("{}\0{}\0{}", key.service, key.path, key.key).into_bytes()
}
