//! Recovery codes: the MAC of the one that is valid, and the failures that count against it (3.7.4).

use super::account::secs;
use super::{StoreFault, Tx};
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, params};

/// Seconds in which failures of a day count.
const DAY: u64 = 86_400;

/// The MAC of the account's code, if it has one.
pub fn find(tx: &Tx<'_>, account: &str) -> Result<Option<[u8; 32]>, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT recovery FROM account WHERE id=?1")?;
    Ok(query.query_row([account], |row| row.get(0)).optional()?.flatten())
}

/// Another code; the one before is worth nothing any more.
pub fn set(tx: &Tx<'_>, account: &str, mac: &[u8; 32]) -> Result<(), StoreFault> {
    tx.run("UPDATE account SET recovery=?2, recovery_fail=0 WHERE id=?1", params![account, &mac[..]])?;
    Ok(())
}

/// Ends a code that was used; its failures are forgotten.
pub fn use_up(tx: &Tx<'_>, account: &str) -> Result<(), StoreFault> {
    tx.run("UPDATE account SET recovery=NULL, recovery_fail=0 WHERE id=?1", [account])?;
    tx.run("DELETE FROM recovery_fail WHERE account=?1", [account])?;
    Ok(())
}

/// Failures of the last day.
pub fn failures(tx: &Tx<'_>, account: &str, now: Time) -> Result<u32, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT count(*) FROM recovery_fail WHERE account=?1 AND at > ?2")?;
    Ok(query.query_row(params![account, secs(now.minus(DAY))], |row| row.get(0))?)
}

/// Counts a failure; after `dead_after` in a row there is no code any more.
pub fn count_failure(tx: &Tx<'_>, account: &str, dead_after: u32, now: Time) -> Result<(), StoreFault> {
    tx.run("INSERT INTO recovery_fail (account, at) VALUES (?1, ?2)", params![account, secs(now)])?;
    tx.run(
        "UPDATE account SET recovery=CASE WHEN recovery_fail + 1 >= ?2 THEN NULL ELSE recovery END,
                            recovery_fail=recovery_fail + 1 WHERE id=?1",
        params![account, dead_after],
    )?;
    Ok(())
}
