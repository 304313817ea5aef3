//! Another e-mail address for an account, until both its present one and the new one are proven: which one it is stands in
//! the account, and each of the two has a link.

use super::account::secs;
use super::{StoreFault, Tx};
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, params};

/// Which of the two addresses a link proves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// The address that the account has.
    Old,
    /// The one that it is to have.
    New,
}

impl Side {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Old => "address_old",
            Self::New => "address_new",
        }
    }

    fn of(name: &str) -> Option<Self> {
        [Self::Old, Self::New].into_iter().find(|side| side.as_str() == name)
    }
}

/// A change that goes on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// Whose.
    pub account: String,
    /// The address to be.
    pub to: String,
    /// Whether the present one is proven.
    pub old: bool,
    /// Whether the new one is.
    pub new: bool,
}

/// Begins a change; one that went on is over with it.
pub fn begin(
    tx: &Tx<'_>,
    (account, to): (&str, &str),
    links: [(Side, &[u8; 32]); 2],
    end: Time,
) -> Result<(), StoreFault> {
    stop(tx, account)?;
    tx.run("UPDATE account SET email_next=?2 WHERE id=?1", params![account, to])?;
    for (side, hash) in links {
        tx.run(
            "INSERT INTO link (hash, purpose, account, exp) VALUES (?1, ?2, ?3, ?4)",
            params![&hash[..], side.as_str(), account, secs(end)],
        )?;
    }
    Ok(())
}

/// The change of an account, if one goes on.
pub fn of_account(tx: &Tx<'_>, account: &str, now: Time) -> Result<Option<Change>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT email_next,
                max(link.used IS NOT NULL) FILTER (WHERE purpose='address_old'),
                max(link.used IS NOT NULL) FILTER (WHERE purpose='address_new')
           FROM link JOIN account ON account.id=link.account
          WHERE link.account=?1 AND link.exp > ?2 AND state='active' AND email_next IS NOT NULL
            AND purpose IN ('address_old', 'address_new')
          GROUP BY account.id HAVING count(*)=2",
    )?;
    let found = query.query_row(params![account, secs(now)], |row| {
        Ok(Change { account: account.to_owned(), to: row.get(0)?, old: row.get(1)?, new: row.get(2)? })
    });
    Ok(found.optional()?)
}

/// The change that a link belongs to while it lives and was not used, and what it proves.
pub fn find(tx: &Tx<'_>, hash: &[u8; 32], now: Time) -> Result<Option<(Change, Side)>, StoreFault> {
    let mut query =
        tx.0.prepare_cached("SELECT account, purpose FROM link WHERE hash=?1 AND exp > ?2 AND used IS NULL")?;
    let row = query.query_row(params![&hash[..], secs(now)], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
    });
    let Some((account, purpose)) = row.optional()? else { return Ok(None) };
    let Some(side) = Side::of(&purpose) else { return Ok(None) };
    Ok(of_account(tx, &account, now)?.zip(Some(side)))
}

/// Uses a link; gives the change as it is then.
pub fn prove(tx: &Tx<'_>, hash: &[u8; 32], now: Time) -> Result<Option<Change>, StoreFault> {
    let Some((change, _)) = find(tx, hash, now)? else { return Ok(None) };
    tx.run("UPDATE link SET used=?2 WHERE hash=?1", params![&hash[..], secs(now)])?;
    of_account(tx, &change.account, now)
}

/// Ends the change of an account; whether there was one.
pub fn stop(tx: &Tx<'_>, account: &str) -> Result<bool, StoreFault> {
    tx.run("UPDATE account SET email_next=NULL WHERE id=?1", [account])?;
    let ended =
        tx.run("DELETE FROM link WHERE account=?1 AND purpose IN ('address_old', 'address_new')", [account])?;
    Ok(ended > 0)
}

/// Gives an account another address; `false` if that is another account's.
pub fn set(tx: &Tx<'_>, account: &str, to: &str) -> Result<bool, StoreFault> {
    Ok(tx.run("UPDATE OR IGNORE account SET email=?2 WHERE id=?1", params![account, to])? == 1)
}
