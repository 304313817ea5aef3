//! Accounts that are not made before the link in a letter is used. An address that has an account gets a row like any other,
//! whose link nobody is sent.

use super::account::secs;
use super::{StoreFault, Tx, time};
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, Row, params};

/// What somebody typed who wants an account.
#[derive(Clone)]
pub struct Signup {
    /// E-mail address.
    pub email: String,
    /// Given names.
    pub given_name: Option<String>,
    /// Family names.
    pub family_name: Option<String>,
    /// Language tag.
    pub language: String,
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<(Signup, Time)> {
    let signup = Signup {
        email: row.get(0)?,
        given_name: row.get(1)?,
        family_name: row.get(2)?,
        language: row.get::<_, Option<String>>(3)?.unwrap_or_default(),
    };
    Ok((signup, time(row.get(4)?)))
}

/// Notes it until `end` under the hash of its link.
pub fn insert(tx: &Tx<'_>, hash: &[u8; 32], new: &Signup, end: Time) -> Result<(), StoreFault> {
    tx.run(
        "INSERT INTO signup (hash, email, given_name, family_name, language, exp) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![&hash[..], new.email, new.given_name, new.family_name, new.language, secs(end)],
    )?;
    Ok(())
}

/// What was typed, and when its link runs out.
pub fn find(tx: &Tx<'_>, hash: &[u8; 32], now: Time) -> Result<Option<(Signup, Time)>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT email, given_name, family_name, language, exp FROM signup WHERE hash=?1 AND exp > ?2",
    )?;
    Ok(query.query_row(params![&hash[..], secs(now)], from_row).optional()?)
}

/// Uses a link up, and with it every other one of the same address.
pub fn take(tx: &Tx<'_>, hash: &[u8; 32], now: Time) -> Result<Option<Signup>, StoreFault> {
    let Some((signup, _)) = find(tx, hash, now)? else { return Ok(None) };
    tx.run("DELETE FROM signup WHERE email=?1 COLLATE NOCASE", [&signup.email])?;
    Ok(Some(signup))
}
