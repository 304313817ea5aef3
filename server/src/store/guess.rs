//! Wrong passwords since the last right one: for each address those from browsers that are recognised for it, and those from all
//! others, so that strangers do not lock the owner out.

use super::account::secs;
use super::{StoreFault, Tx, time};
use countersign_protocol::time::Time;
use rusqlite::params;

/// How often one may guess.
pub struct Brake {
    /// Wrong ones in a row before they are slowed; 0 if never.
    pub free: u32,
    /// Wrong ones in an hour; 0 if however many.
    pub hour: u32,
    /// Wrong ones in a row after which there is no other; 0 if however many.
    pub most: u32,
}

/// Seconds between guesses that are slowed.
const GAP: u64 = 60;
/// Seconds that wrong ones are kept; whoever hears of that many is shut out, and not only slowed.
pub const SHUT: u64 = 30 * 86_400;
const HOUR: u64 = 3600;

/// Counts a guess as wrong before anybody has looked at it, so that many at the same moment do not pass together; or says
/// in how many seconds there may be another.
pub fn count(tx: &Tx<'_>, who: &[u8; 32], brake: &Brake, now: Time) -> Result<Result<(), u64>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT count(*), count(*) FILTER (WHERE at > ?2), coalesce(max(at), 0),
                coalesce(min(at) FILTER (WHERE at > ?2), 0) FROM guess WHERE who=?1 AND kind='password'",
    )?;
    let (all, recent, last, first): (u32, u32, i64, i64) = query
        .query_row(params![&who[..], secs(now.minus(HOUR))], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
    let over = |limit: u32, count: u32| limit > 0 && count >= limit;
    let left = |from: i64, pause: u64| time(from).plus(pause).since(now).max(1);
    if over(brake.most, all) {
        return Ok(Err(SHUT));
    }
    if over(brake.hour, recent) {
        return Ok(Err(left(first, HOUR)));
    }
    if over(brake.free, all) && time(last).plus(GAP) > now {
        return Ok(Err(left(last, GAP)));
    }
    tx.run("INSERT INTO guess (who, kind, at) VALUES (?1, 'password', ?2)", params![&who[..], secs(now)])?;
    Ok(Ok(()))
}

/// One was right: those before it do not count any more.
pub fn forget(tx: &Tx<'_>, who: &[u8; 32]) -> Result<(), StoreFault> {
    tx.run("DELETE FROM guess WHERE who=?1 AND kind='password'", [&who[..]])?;
    Ok(())
}
