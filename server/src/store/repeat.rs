//! `Idempotency-Key` of the backend interface (3.11): the first answer, sealed, for as long as its object lives. And forms of
//! the operator's pages that are taken once, whose answer nobody gets again.

use super::account::secs;
use super::{StoreFault, Tx};
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, params};

/// Which call: service, path and key.
#[derive(Clone)]
pub struct Key {
    /// The service.
    pub service: String,
    /// The path.
    pub path: String,
    /// The header.
    pub key: String,
}

/// An earlier call: MAC of its body, sealed answer.
pub type Earlier = (Vec<u8>, Vec<u8>);

/// What an earlier call with this key left.
pub fn find(tx: &Tx<'_>, key: &Key, now: Time) -> Result<Option<Earlier>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT body_mac, answer FROM repeat WHERE service=?1 AND path=?2 AND key=?3 AND exp>?4",
    )?;
    let found = query
        .query_row(params![key.service, key.path, key.key, secs(now)], |row| Ok((row.get(0)?, row.get(1)?)));
    Ok(found.optional()?)
}

/// Stores the answer of a call.
pub fn insert(
    tx: &Tx<'_>,
    key: &Key,
    body_mac: &[u8; 32],
    sealed: &[u8],
    exp: Time,
) -> Result<(), StoreFault> {
    tx.run(
        "INSERT OR REPLACE INTO repeat (service, path, key, body_mac, answer, exp) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![key.service, key.path, key.key, &body_mac[..], sealed, secs(exp)],
    )?;
    Ok(())
}

/// Notes a form, of which no answer is kept; `false` if it was taken before.
pub fn take(tx: &Tx<'_>, key: &Key, exp: Time) -> Result<bool, StoreFault> {
    let taken = tx.run(
        "INSERT OR IGNORE INTO repeat (service, path, key, body_mac, answer, exp)
         VALUES (?1, ?2, ?3, zeroblob(0), zeroblob(0), ?4)",
        params![key.service, key.path, key.key, secs(exp)],
    )?;
    Ok(taken == 1)
}
