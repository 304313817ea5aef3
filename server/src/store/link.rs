//! Single-use links in letters, besides those that make an account. Only their hashes stand here.

use super::account::secs;
use super::{StoreFault, Tx};
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, params};

/// What a link is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Use {
    /// Another password.
    Reset,
    /// A recovery code in the place of every phone.
    Recover,
}

impl Use {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::Recover => "recover",
        }
    }
}

/// Notes a link until `end`. One for nobody (an empty account) is noted like any other, and nobody is sent it.
pub fn insert(
    tx: &Tx<'_>,
    hash: &[u8; 32],
    (purpose, account): (Use, &str),
    end: Time,
) -> Result<(), StoreFault> {
    tx.run(
        "INSERT INTO link (hash, purpose, account, exp) VALUES (?1, ?2, ?3, ?4)",
        params![&hash[..], purpose.as_str(), account, secs(end)],
    )?;
    Ok(())
}

/// Whose link this is, while it lives.
pub fn find(tx: &Tx<'_>, hash: &[u8; 32], purpose: Use, now: Time) -> Result<Option<String>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT account FROM link WHERE hash=?1 AND purpose=?2 AND exp > ?3 AND account <> ''",
    )?;
    Ok(query.query_row(params![&hash[..], purpose.as_str(), secs(now)], |row| row.get(0)).optional()?)
}

/// Uses a link up, and with it every other one that its account has for the same.
pub fn take(tx: &Tx<'_>, hash: &[u8; 32], purpose: Use, now: Time) -> Result<Option<String>, StoreFault> {
    let Some(account) = find(tx, hash, purpose, now)? else { return Ok(None) };
    end_all(tx, &account, purpose)?;
    Ok(Some(account))
}

/// Ends every link that an account has for something.
pub fn end_all(tx: &Tx<'_>, account: &str, purpose: Use) -> Result<(), StoreFault> {
    tx.run("DELETE FROM link WHERE account=?1 AND purpose=?2", params![account, purpose.as_str()])?;
    Ok(())
}

/// Ends every link that an account has, whatever for.
pub fn end_every(tx: &Tx<'_>, account: &str) -> Result<(), StoreFault> {
    tx.run("DELETE FROM link WHERE account=?1", [account])?;
    Ok(())
}
