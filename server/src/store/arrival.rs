//! People whom services sent here, until they are sent back. An arrival belongs to the browser that came with it.

use super::account::secs;
use super::session::Acr;
use super::{StoreFault, Tx};
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, params};

/// Arrivals of one browser that are kept; more tabs than that nobody waits in.
const MOST: u32 = 20;

/// Somebody whom a service sent here.
#[derive(Clone)]
pub struct Arrival {
    /// Its id; worth nothing in another browser.
    pub id: [u8; 16],
    /// The service.
    pub service: String,
    /// Where the person goes back to.
    pub return_url: String,
    /// What the service wants to hear again; it may be empty.
    pub state: String,
    /// The least level.
    pub level: Acr,
    /// How old a sign-in may be, in seconds.
    pub fresh: Option<u64>,
}

/// Notes an arrival of the browser with this cookie, and forgets that browser's oldest.
pub fn insert(tx: &Tx<'_>, arrival: &Arrival, cookie: &[u8; 32], exp: Time) -> Result<(), StoreFault> {
    tx.run(
        "INSERT INTO arrival (id, cookie_hash, service, return_url, state, acr, fresh, exp)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            &arrival.id[..],
            &cookie[..],
            arrival.service,
            arrival.return_url,
            arrival.state,
            arrival.level.as_str(),
            arrival.fresh.and_then(|seconds| i64::try_from(seconds).ok()),
            secs(exp)
        ],
    )?;
    tx.run(
        "DELETE FROM arrival WHERE cookie_hash=?1 AND rowid NOT IN (
            SELECT rowid FROM arrival WHERE cookie_hash=?1 ORDER BY rowid DESC LIMIT ?2)",
        params![&cookie[..], MOST],
    )?;
    Ok(())
}

/// The arrival of this id, if it is that browser's and not over.
pub fn find(tx: &Tx<'_>, id: &[u8; 16], cookie: &[u8; 32], now: Time) -> Result<Option<Arrival>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT service, return_url, state, acr, fresh FROM arrival WHERE id=?1 AND cookie_hash=?2 AND exp > ?3",
    )?;
    let found = query.query_row(params![&id[..], &cookie[..], secs(now)], |row| {
        Ok(Arrival {
            id: *id,
            service: row.get(0)?,
            return_url: row.get(1)?,
            state: row.get(2)?,
            // What is no level asks for the highest.
            level: Acr::from_name(&row.get::<_, String>(3)?).unwrap_or(Acr::Strong),
            fresh: row.get::<_, Option<i64>>(4)?.map(|seconds| seconds.max(0).unsigned_abs()),
        })
    });
    Ok(found.optional()?)
}

/// A browser has another cookie from now on.
pub fn move_to(tx: &Tx<'_>, from: &[u8; 32], to: &[u8; 32]) -> Result<(), StoreFault> {
    tx.run("UPDATE arrival SET cookie_hash=?2 WHERE cookie_hash=?1", params![&from[..], &to[..]])?;
    Ok(())
}

/// Forgets what a browser came for.
pub fn forget(tx: &Tx<'_>, cookie: &[u8; 32]) -> Result<(), StoreFault> {
    tx.run("DELETE FROM arrival WHERE cookie_hash=?1", [&cookie[..]])?;
    Ok(())
}

/// Forgets what the browsers came for in which an account is signed in.
pub fn forget_of(tx: &Tx<'_>, account: &str) -> Result<(), StoreFault> {
    tx.run(
        "DELETE FROM arrival WHERE cookie_hash IN (
            SELECT cookie_hash FROM session WHERE account=?1 AND ended IS NULL)",
        [account],
    )?;
    Ok(())
}

/// Takes an arrival away; `false` if it was taken before.
pub fn take(tx: &Tx<'_>, id: &[u8; 16]) -> Result<bool, StoreFault> {
    Ok(tx.run("DELETE FROM arrival WHERE id=?1", [&id[..]])? == 1)
}
