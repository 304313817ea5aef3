//! Wake-ups of phones and their budget (3.9.3).

use super::account::secs;
use super::{StoreFault, Tx, time};
use countersign_protocol::id::Aid;
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, params};

/// Seconds of the short and of the long window.
const SHORT: u64 = 600;
const LONG: u64 = 86_400;

/// Notes a wake-up of a phone that has a push address, if the budget allows it; a limit of 0 is none.
///
/// Gives the address to wake.
pub fn note(
    tx: &Tx<'_>,
    aid: &Aid,
    now: Time,
    (in_short, in_day): (u32, u32),
) -> Result<Option<String>, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT push_url FROM phone WHERE aid=?1")?;
    let url: Option<String> = query.query_row([aid.as_bytes()], |row| row.get(0)).optional()?.flatten();
    let Some(url) = url else { return Ok(None) };
    let unanswered = |window: u64| -> Result<u32, StoreFault> {
        let mut query =
            tx.0.prepare_cached("SELECT count(*) FROM wake WHERE aid=?1 AND answered=0 AND at > ?2")?;
        Ok(query.query_row(params![aid.as_bytes(), secs(now.minus(window))], |row| row.get(0))?)
    };
    let spent =
        (in_short > 0 && unanswered(SHORT)? >= in_short) || (in_day > 0 && unanswered(LONG)? >= in_day);
    if spent {
        return Ok(None);
    }
    tx.run("INSERT INTO wake (aid, at) VALUES (?1, ?2)", params![aid.as_bytes(), secs(now)])?;
    Ok(Some(url))
}

/// A success of the phone: its budget begins anew.
pub fn answered(tx: &Tx<'_>, aid: &Aid) -> Result<(), StoreFault> {
    tx.run("UPDATE wake SET answered=1 WHERE aid=?1 AND answered=0", [aid.as_bytes()])?;
    Ok(())
}

/// When a phone was woken, for the lab.
pub fn of_phone(tx: &Tx<'_>, aid: &Aid) -> Result<Vec<Time>, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT at FROM wake WHERE aid=?1 ORDER BY at")?;
    let rows = query.query_map([aid.as_bytes()], |row| row.get(0).map(time))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
