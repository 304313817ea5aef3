//! Phones that take another's place (3.7.3): the old one ends when the new one has proved itself, or a day later.

use super::account::secs;
use super::{StoreFault, Tx};
use countersign_protocol::id::Aid;
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, params};

/// Whether a phone has a place that another can take. Each place is taken once: not while a successor waits in it, nor
/// while the phone itself waits in its predecessor's, or an account would have as many phones as it likes for a day.
pub fn has_free_place(tx: &Tx<'_>, aid: &Aid) -> Result<bool, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT 1 FROM phone AS own WHERE own.aid=?1 AND own.state IN ('active','locked')
            AND NOT EXISTS (SELECT 1 FROM phone AS next WHERE next.account=own.account
                               AND next.replaces=own.aid AND next.state IN ('active','locked'))
            AND NOT EXISTS (SELECT 1 FROM phone AS former
                             WHERE former.aid=own.replaces AND former.state IN ('active','locked'))",
    )?;
    Ok(query.exists([aid.as_bytes()])?)
}

/// Notes which phone ends when this one has proved itself, or at that time.
pub fn set(tx: &Tx<'_>, aid: &Aid, old: &Aid, at: Time) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE phone SET replaces=?2, replace_at=?3 WHERE aid=?1",
        params![aid.as_bytes(), old.as_bytes(), secs(at)],
    )?;
    Ok(())
}

/// The phone that ends now that this one has proved itself; asked a second time, none.
pub fn take(tx: &Tx<'_>, aid: &Aid) -> Result<Option<Aid>, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT replaces FROM phone WHERE aid=?1")?;
    let old: Option<[u8; 16]> = query.query_row([aid.as_bytes()], |row| row.get(0)).optional()?.flatten();
    if old.is_some() {
        tx.run("UPDATE phone SET replaces=NULL, replace_at=NULL WHERE aid=?1", [aid.as_bytes()])?;
    }
    Ok(old.map(Aid::from_bytes))
}

/// Phones that took another's place and whose time for it has come; one that is locked has to prove itself first.
pub fn due(tx: &Tx<'_>, now: Time) -> Result<Vec<Aid>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT aid FROM phone WHERE replaces IS NOT NULL AND replace_at <= ?1 AND state='active'",
    )?;
    let rows = query.query_map([secs(now)], |row| row.get(0).map(Aid::from_bytes))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
