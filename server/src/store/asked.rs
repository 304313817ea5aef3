//! How often letters were asked for that anybody can have sent to an address. Of the address only a MAC stands here: it may
//! belong to nobody who has an account.

use super::account::secs;
use super::{StoreFault, Tx, time};
use countersign_protocol::time::Time;
use rusqlite::params;

/// Seconds of an hour.
const HOUR: u64 = 3600;
/// Seconds of a day.
const DAY: u64 = 86_400;

/// What was asked for an address.
pub struct Asked {
    /// In the last hour.
    pub hour: u32,
    /// In the last day.
    pub day: u32,
    /// The last time within a day.
    pub last: Option<Time>,
}

/// What was asked for the address of this MAC.
pub fn of(tx: &Tx<'_>, who: &[u8; 32], now: Time) -> Result<Asked, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT count(*) FILTER (WHERE at > ?2), count(*), max(at)
           FROM guess WHERE who=?1 AND kind='letter' AND at > ?3",
    )?;
    let since = |past: u64| secs(now.minus(past));
    let asked = query.query_row(params![&who[..], since(HOUR), since(DAY)], |row| {
        let last = row.get::<_, Option<i64>>(2)?.map(time);
        Ok(Asked { hour: row.get(0)?, day: row.get(1)?, last })
    });
    Ok(asked?)
}

/// Counts one more.
pub fn note(tx: &Tx<'_>, who: &[u8; 32], now: Time) -> Result<(), StoreFault> {
    tx.run("INSERT INTO guess (who, kind, at) VALUES (?1, 'letter', ?2)", params![&who[..], secs(now)])?;
    Ok(())
}
