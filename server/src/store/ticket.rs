//! Tickets of scanned QR frames (3.5.1 step 4): one a frame, at most five alive, single use.

use super::account::secs;
use super::{StoreFault, Tx};
use countersign_protocol::id::{ScanId, Tid};
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, params};

/// The sealed ticket of a frame, if it has one, and its end.
pub fn of_frame(tx: &Tx<'_>, tid: &Tid, step: u32) -> Result<Option<(Vec<u8>, Time)>, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT sealed, exp FROM ticket WHERE tid=?1 AND step=?2")?;
    let found =
        query.query_row(params![tid.as_bytes(), step], |row| Ok((row.get(0)?, super::time(row.get(1)?))));
    Ok(found.optional()?)
}

/// How many tickets of a sign-in live.
pub fn alive(tx: &Tx<'_>, tid: &Tid, now: Time) -> Result<u32, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT count(*) FROM ticket WHERE tid=?1 AND exp > ?2")?;
    Ok(query.query_row(params![tid.as_bytes(), secs(now)], |row| row.get(0))?)
}

/// A ticket to be stored.
pub struct NewTicket<'a> {
    /// SHA-256 of it.
    pub hash: [u8; 32],
    /// The ticket, sealed.
    pub sealed: &'a [u8],
    /// Its end.
    pub exp: Time,
}

/// Stores a ticket; a dead one of the same frame gives way.
pub fn insert(tx: &Tx<'_>, tid: &Tid, step: u32, new: &NewTicket<'_>) -> Result<(), StoreFault> {
    tx.run("DELETE FROM ticket WHERE tid=?1 AND step=?2", params![tid.as_bytes(), step])?;
    tx.run(
        "INSERT INTO ticket (hash, sealed, tid, step, exp) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![&new.hash[..], new.sealed, tid.as_bytes(), step, secs(new.exp)],
    )?;
    Ok(())
}

/// The sign-in of a living ticket.
pub fn sign_in(tx: &Tx<'_>, hash: &[u8; 32], now: Time) -> Result<Option<Tid>, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT tid FROM ticket WHERE hash=?1 AND exp > ?2")?;
    let found = query.query_row(params![&hash[..], secs(now)], |row| row.get(0).map(Tid::from_bytes));
    Ok(found.optional()?)
}

/// Removes a ticket that was used.
pub fn remove(tx: &Tx<'_>, hash: &[u8; 32]) -> Result<(), StoreFault> {
    tx.run("DELETE FROM ticket WHERE hash=?1", [&hash[..]])?;
    Ok(())
}

/// Whether this scan arrived within the frame's window before.
pub fn is_known_scan(tx: &Tx<'_>, tid: &Tid, step: u32, r: &ScanId) -> Result<bool, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT 1 FROM scan WHERE tid=?1 AND step=?2 AND r=?3")?;
    Ok(query.exists(params![tid.as_bytes(), step, r.as_bytes()])?)
}

/// Remembers a scan, up to `most` a frame.
pub fn remember_scan(tx: &Tx<'_>, tid: &Tid, step: u32, r: &ScanId, most: u32) -> Result<(), StoreFault> {
    tx.run(
        "INSERT OR IGNORE INTO scan (tid, step, r)
         SELECT ?1, ?2, ?3 WHERE (SELECT count(*) FROM scan WHERE tid=?1 AND step=?2) < ?4",
        params![tid.as_bytes(), step, r.as_bytes(), most],
    )?;
    Ok(())
}
