//! Accounts whose owners see and use the operator's pages (W12).

use super::account::secs;
use super::{StoreFault, Tx, time};
use countersign_protocol::time::Time;
use rusqlite::params;

/// Gives an account the role; `false` if it had it.
pub fn add(tx: &Tx<'_>, account: &str, by: &str, now: Time) -> Result<bool, StoreFault> {
    let added = tx.run(
        "INSERT OR IGNORE INTO operator (account, added, by) VALUES (?1, ?2, ?3)",
        params![account, secs(now), by],
    )?;
    Ok(added == 1)
}

/// Takes the role away; `false` if it did not have it.
pub fn remove(tx: &Tx<'_>, account: &str) -> Result<bool, StoreFault> {
    Ok(tx.run("DELETE FROM operator WHERE account=?1", [account])? == 1)
}

/// Whether an account has the role and goes on.
pub fn is_one(tx: &Tx<'_>, account: &str) -> Result<bool, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT 1 FROM operator JOIN account ON account.id=operator.account
          WHERE operator.account=?1 AND account.state='active'",
    )?;
    Ok(query.exists([account])?)
}

/// Addresses of all who have it, and since when.
pub fn all(tx: &Tx<'_>) -> Result<Vec<(String, Time)>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT email, added FROM operator JOIN account ON account.id=operator.account ORDER BY added, email",
    )?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, time(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
