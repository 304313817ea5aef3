//! Passwords of accounts, as they are kept: sealed.

use super::account::secs;
use super::{StoreFault, Tx, time};
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, params};

/// What is kept of a password.
pub struct Password {
    /// Argon2id with its parameters, sealed.
    pub sealed: Vec<u8>,
    /// The least length that it was checked for.
    pub length_class: u32,
}

/// Gives an account this password, in the place of any before.
pub fn set(tx: &Tx<'_>, account: &str, new: &Password, now: Time) -> Result<(), StoreFault> {
    tx.run(
        "INSERT INTO password (account, sealed, changed, length_class) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (account) DO UPDATE SET sealed=?2, changed=?3, length_class=?4",
        params![account, new.sealed, secs(now), new.length_class],
    )?;
    Ok(())
}

/// The password of an account, if it has one.
pub fn find(tx: &Tx<'_>, account: &str) -> Result<Option<Password>, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT sealed, length_class FROM password WHERE account=?1")?;
    let found =
        query.query_row([account], |row| Ok(Password { sealed: row.get(0)?, length_class: row.get(1)? }));
    Ok(found.optional()?)
}

/// The sealed password of an account, if it has one.
pub fn sealed(tx: &Tx<'_>, account: &str) -> Result<Option<Vec<u8>>, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT sealed FROM password WHERE account=?1")?;
    Ok(query.query_row([account], |row| row.get(0)).optional()?)
}

/// When an account's password was chosen, if it has one.
pub fn changed(tx: &Tx<'_>, account: &str) -> Result<Option<Time>, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT changed FROM password WHERE account=?1")?;
    Ok(query.query_row([account], |row| row.get(0).map(time)).optional()?)
}
