//! Accounts.

use super::{StoreFault, Tx, time};
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, Row, params};

/// A person's identity at this server.
#[derive(Clone)]
pub struct Account {
    /// Its id, `u-…`.
    pub id: String,
    /// Its e-mail address, which is its label.
    pub email: String,
    /// `active`, `locked`, `closing` or `closed`.
    pub state: String,
    /// Whether offline sign-in is allowed.
    pub offline_on: bool,
    /// Whether a phone was ever active.
    pub had_phone: bool,
    /// Wrong numbers in a row.
    pub num_fail: u32,
    /// No wake-ups for unrecognised browsers until then.
    pub quiet_until: Time,
    /// Language tag.
    pub language: Option<String>,
    /// When it ends for good, if its owner is closing it.
    pub closing: Option<Time>,
}

/// Given and family name of an account, as far as they are known.
pub fn names(tx: &Tx<'_>, id: &str) -> Result<[Option<String>; 2], StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT given_name, family_name FROM account WHERE id=?1")?;
    Ok(query.query_row([id], |row| Ok([row.get(0)?, row.get(1)?]))?)
}

/// Given names, family names, telephone and language of an account, as far as they are known.
pub fn details(tx: &Tx<'_>, id: &str) -> Result<[Option<String>; 4], StoreFault> {
    let mut query =
        tx.0.prepare_cached("SELECT given_name, family_name, telephone, language FROM account WHERE id=?1")?;
    Ok(query.query_row([id], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))?)
}

/// Other details, in the same order; what is empty is not known.
pub fn set_details(tx: &Tx<'_>, id: &str, details: [&str; 4]) -> Result<(), StoreFault> {
    let [given, family, telephone, language] = details.map(|text| Some(text).filter(|text| !text.is_empty()));
    tx.run(
        "UPDATE account SET given_name=?2, family_name=?3, telephone=?4, language=?5 WHERE id=?1",
        params![id, given, family, telephone, language],
    )?;
    Ok(())
}

/// What a new account is made from.
#[derive(Clone, Default)]
pub struct NewAccount {
    /// E-mail address.
    pub email: String,
    /// Given name.
    pub given_name: Option<String>,
    /// Family name.
    pub family_name: Option<String>,
    /// Language tag.
    pub language: Option<String>,
    /// The service that makes it; nothing for the operator.
    pub service: Option<String>,
}

const COLUMNS: &str =
    "id, email, state, offline_on, had_phone, num_fail, quiet_until, language, closing_until";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account {
        id: row.get(0)?,
        email: row.get(1)?,
        state: row.get(2)?,
        offline_on: row.get(3)?,
        had_phone: row.get(4)?,
        num_fail: row.get(5)?,
        quiet_until: Time::from_secs(row.get::<_, i64>(6)?.unsigned_abs()),
        language: row.get(7)?,
        closing: row.get::<_, Option<i64>>(8)?.map(time),
    })
}

/// Makes an account; `false` if the address has one already.
pub fn insert(tx: &Tx<'_>, id: &str, new: &NewAccount, now: Time) -> Result<bool, StoreFault> {
    let made = tx.run(
        "INSERT INTO account (id, email, given_name, family_name, language, created, created_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (email) DO NOTHING",
        params![id, new.email, new.given_name, new.family_name, new.language, secs(now), new.service],
    )?;
    if made == 1
        && let Some(service) = &new.service
    {
        give(tx, service, id)?;
    }
    Ok(made == 1)
}

/// Lets a service see an account.
pub fn give(tx: &Tx<'_>, service: &str, account: &str) -> Result<(), StoreFault> {
    tx.run(
        "INSERT OR IGNORE INTO service_account (service, account) VALUES (?1, ?2)",
        params![service, account],
    )?;
    Ok(())
}

/// Whether a service may see an account.
pub fn is_visible(tx: &Tx<'_>, service: &str, account: &str) -> Result<bool, StoreFault> {
    let found =
        tx.0.prepare_cached("SELECT 1 FROM service_account WHERE service=?1 AND account=?2")?
            .exists(params![service, account])?;
    Ok(found)
}

/// The account of this id.
pub fn by_id(tx: &Tx<'_>, id: &str) -> Result<Option<Account>, StoreFault> {
    let mut query = tx.0.prepare_cached(&format!("SELECT {COLUMNS} FROM account WHERE id=?1"))?;
    Ok(query.query_row([id], from_row).optional()?)
}

/// The account of this address, whatever its case.
pub fn by_email(tx: &Tx<'_>, email: &str) -> Result<Option<Account>, StoreFault> {
    let mut query = tx.0.prepare_cached(&format!("SELECT {COLUMNS} FROM account WHERE email=?1"))?;
    Ok(query.query_row([email], from_row).optional()?)
}

/// Another state: `active`, `locked` or `closed`. What is closed is not closing any more.
pub fn set_state(tx: &Tx<'_>, id: &str, state: &str) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE account SET state=?2, closing_until=iif(?2='closed', NULL, closing_until) WHERE id=?1",
        params![id, state],
    )?;
    Ok(())
}

/// Sets the number counter back (an approval succeeded).
pub fn clear_number_failures(tx: &Tx<'_>, id: &str) -> Result<(), StoreFault> {
    tx.run("UPDATE account SET num_fail=0 WHERE id=?1 AND num_fail>0", [id])?;
    Ok(())
}

/// Counts a wrong number.
pub fn add_number_failure(tx: &Tx<'_>, id: &str) -> Result<(), StoreFault> {
    tx.run("UPDATE account SET num_fail=num_fail+1 WHERE id=?1", [id])?;
    Ok(())
}

/// Stops wake-ups for unrecognised browsers until `until`.
pub fn keep_quiet(tx: &Tx<'_>, id: &str, until: Time) -> Result<(), StoreFault> {
    tx.run("UPDATE account SET quiet_until=?2 WHERE id=?1", params![id, secs(until)])?;
    Ok(())
}

/// Notes that a phone became active: from now on further phones need a proof (3.11), and a set-up link is over.
pub fn note_phone(tx: &Tx<'_>, id: &str) -> Result<(), StoreFault> {
    tx.run("UPDATE account SET had_phone=1, setup_hash=NULL, setup_until=0 WHERE id=?1", [id])?;
    Ok(())
}

/// Whether an account has a phone that can prove something.
pub fn has_active_phone(tx: &Tx<'_>, id: &str) -> Result<bool, StoreFault> {
    Ok(tx.0.prepare_cached("SELECT 1 FROM phone WHERE account=?1 AND state='active'")?.exists([id])?)
}

/// Whether a password alone is not enough for an account that has a phone.
pub fn wants_two_factors(tx: &Tx<'_>, id: &str) -> Result<bool, StoreFault> {
    Ok(tx.0.prepare_cached("SELECT 1 FROM account WHERE id=?1 AND two_factors=1")?.exists([id])?)
}

/// What an owner chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// A password alone is not enough once there is a phone.
    pub two_factors: bool,
    /// A letter about every sign-in, not about unusual ones alone.
    pub every_letter: bool,
}

/// What the owner of an account chose.
pub fn options(tx: &Tx<'_>, id: &str) -> Result<Options, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT two_factors, letters='every' FROM account WHERE id=?1")?;
    let options = |row: &Row<'_>| Ok(Options { two_factors: row.get(0)?, every_letter: row.get(1)? });
    Ok(query.query_row([id], options)?)
}

/// Other choices.
pub fn set_options(tx: &Tx<'_>, id: &str, options: Options) -> Result<(), StoreFault> {
    let letters = if options.every_letter { "every" } else { "unusual" };
    tx.run(
        "UPDATE account SET two_factors=?2, letters=?3 WHERE id=?1",
        params![id, options.two_factors, letters],
    )?;
    Ok(())
}

/// Stores the hash of a single-use link that lets a browser pair a phone; the one before it is over.
pub fn set_setup_link(tx: &Tx<'_>, id: &str, hash: &[u8; 32], until: Time) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE account SET setup_hash=?2, setup_until=?3 WHERE id=?1",
        params![id, &hash[..], secs(until)],
    )?;
    Ok(())
}

/// A set-up link is over.
pub fn end_setup_link(tx: &Tx<'_>, id: &str) -> Result<(), StoreFault> {
    tx.run("UPDATE account SET setup_hash=NULL, setup_until=0 WHERE id=?1", [id])?;
    Ok(())
}

/// The account that a set-up link is for, while it lives.
pub fn by_setup_link(tx: &Tx<'_>, hash: &[u8; 32], now: Time) -> Result<Option<Account>, StoreFault> {
    let mut query = tx
        .0
        .prepare_cached(&format!("SELECT {COLUMNS} FROM account WHERE setup_hash=?1 AND setup_until>?2"))?;
    Ok(query.query_row(params![&hash[..], secs(now)], from_row).optional()?)
}

/// Uses a set-up link up; `false` if somebody else did or it has run out.
pub fn take_setup_link(tx: &Tx<'_>, hash: &[u8; 32], now: Time) -> Result<bool, StoreFault> {
    let taken = tx.run(
        "UPDATE account SET setup_hash=NULL, setup_until=0 WHERE setup_hash=?1 AND setup_until>?2",
        params![&hash[..], secs(now)],
    )?;
    Ok(taken == 1)
}

/// Seconds for a column.
pub(crate) fn secs(time: Time) -> i64 {
    i64::try_from(time.secs()).unwrap_or(i64::MAX)
}
