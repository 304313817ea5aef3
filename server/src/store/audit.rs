//! The audit log: append-only, each record chained to the one before under a key outside the database (3.0.7).

mod wanted;

pub use wanted::{Wanted, before, between};

use super::{StoreFault, Tx};
use countersign_protocol::time::Time;
use ring::hmac;
use rusqlite::{OptionalExtension, params};
use serde_json::Value;

/// Appends a record: what happened, to what, when. No body, no factor signature, no secret.
pub fn append(tx: &Tx<'_>, key: &[u8; 32], what: &str, about: &Value, now: Time) -> Result<(), StoreFault> {
    let record = serde_json::json!({"at": now.secs(), "what": what, "about": about}).to_string();
    let chain = link(key, &head(tx)?, &record);
    tx.run("INSERT INTO audit (record, chain) VALUES (?1, ?2)", params![record, chain])?;
    Ok(())
}

/// The newest link; 32 zero bytes before the first record.
pub fn head(tx: &Tx<'_>) -> Result<Vec<u8>, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT chain FROM audit ORDER BY seq DESC LIMIT 1")?;
    Ok(query.query_row([], |row| row.get(0)).optional()?.unwrap_or_else(|| vec![0; 32]))
}

/// One record as it stands in the chain.
#[derive(Clone)]
pub struct Record {
    /// Its place.
    pub seq: i64,
    /// JSON: `at`, `what`, `about`.
    pub record: String,
    /// Its link.
    pub chain: Vec<u8>,
}

/// The records after a place, oldest first, at most `most`.
pub fn after(tx: &Tx<'_>, seq: i64, most: u32) -> Result<Vec<Record>, StoreFault> {
    let mut query =
        tx.0.prepare_cached("SELECT seq, record, chain FROM audit WHERE seq > ?1 ORDER BY seq LIMIT ?2")?;
    let rows = query.query_map(params![seq, most], |row| {
        Ok(Record { seq: row.get(0)?, record: row.get(1)?, chain: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Place of the newest record, 0 if there is none.
pub fn newest(tx: &Tx<'_>) -> Result<i64, StoreFault> {
    Ok(tx.0.prepare_cached("SELECT coalesce(max(seq), 0) FROM audit")?.query_row([], |row| row.get(0))?)
}

/// Puts a record back at its place (restore).
pub fn put_back(tx: &Tx<'_>, record: &Record) -> Result<(), StoreFault> {
    tx.run(
        "INSERT INTO audit (seq, record, chain) VALUES (?1, ?2, ?3)",
        params![record.seq, record.record, record.chain],
    )?;
    Ok(())
}

/// Walks the whole chain; gives the number of records, or the sequence number of the first one that does not fit.
pub fn verify(tx: &Tx<'_>, key: &[u8; 32]) -> Result<Result<u64, i64>, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT seq, record, chain FROM audit ORDER BY seq")?;
    let mut rows = query.query([])?;
    let (mut before, mut count) = (vec![0; 32], 0);
    while let Some(row) = rows.next()? {
        let (record, chain): (String, Vec<u8>) = (row.get(1)?, row.get(2)?);
        if link(key, &before, &record) != chain {
            return Ok(Err(row.get(0)?));
        }
        (before, count) = (chain, count + 1);
    }
    Ok(Ok(count))
}

/// The link of a record to the one before it.
pub fn link(key: &[u8; 32], before: &[u8], record: &str) -> Vec<u8> {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
    context.update(before);
    context.update(record.as_bytes());
    context.sign().as_ref().to_vec()
}
