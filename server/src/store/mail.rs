//! The queue of letters. What they say stands sealed until it is sent; then it is erased.

use super::account::secs;
use super::{StoreFault, Tx, time};
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, Row, params};

/// Who reads a letter.
pub struct Reader {
    /// Address.
    pub email: String,
    /// Language tag.
    pub language: Option<String>,
    /// First and family names, if any are known.
    pub name: Option<String>,
}

/// The owner of an account.
pub fn reader(tx: &Tx<'_>, account: &str) -> Result<Option<Reader>, StoreFault> {
    let mut query =
        tx.0.prepare_cached("SELECT email, language, given_name, family_name FROM account WHERE id=?1")?;
    Ok(query.query_row([account], reader_of).optional()?)
}

/// The account of an address, and its owner.
pub fn owner_of(tx: &Tx<'_>, address: &str) -> Result<Option<(String, Reader)>, StoreFault> {
    let mut query = tx
        .0
        .prepare_cached("SELECT email, language, given_name, family_name, id FROM account WHERE email=?1")?;
    Ok(query.query_row([address], |row| Ok((row.get(4)?, reader_of(row)?))).optional()?)
}

fn reader_of(row: &Row<'_>) -> rusqlite::Result<Reader> {
    let names: [Option<String>; 2] = [row.get(2)?, row.get(3)?];
    let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    Ok(Reader { email: row.get(0)?, language: row.get(1)?, name: (!name.is_empty()).then_some(name) })
}

/// What is known of a letter from outside.
pub struct NewMail<'a> {
    /// Whom it is about.
    pub account: &'a str,
    /// Where it goes: the address at the time of writing.
    pub recipient: &'a str,
    /// Language tag.
    pub language: &'a str,
    /// Which letter.
    pub kind: &'static str,
}

/// Queues a letter and gives its number; [`set_body`] says what is in it.
pub fn insert(tx: &Tx<'_>, new: &NewMail<'_>, now: Time) -> Result<i64, StoreFault> {
    tx.run(
        "INSERT INTO mail (account, recipient, language, kind, at, next_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
        params![new.account, new.recipient, new.language, new.kind, secs(now)],
    )?;
    Ok(tx.0.last_insert_rowid())
}

/// Puts what a letter says, sealed, into its row.
pub fn set_body(tx: &Tx<'_>, id: i64, sealed: &[u8]) -> Result<(), StoreFault> {
    tx.run("UPDATE mail SET sealed=?2 WHERE id=?1", params![id, sealed])?;
    Ok(())
}

/// Numbers and sealed bodies of an account's letters that were not sent, oldest first.
pub fn of_account(tx: &Tx<'_>, account: &str) -> Result<Vec<(i64, Vec<u8>)>, StoreFault> {
    let mut query = tx
        .0
        .prepare_cached("SELECT id, sealed FROM mail WHERE account=?1 AND sealed IS NOT NULL ORDER BY id")?;
    let rows = query.query_map([account], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The same for an address, whether it has an account or not.
pub fn to_address(tx: &Tx<'_>, address: &str) -> Result<Vec<(i64, Vec<u8>)>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT id, sealed FROM mail WHERE recipient=?1 AND sealed IS NOT NULL ORDER BY id",
    )?;
    let rows = query.query_map([address], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A letter whose turn it is.
pub struct Due {
    /// Its number.
    pub id: i64,
    /// Where it goes.
    pub recipient: String,
    /// Which letter.
    pub kind: String,
    /// What it says.
    pub sealed: Vec<u8>,
    /// When it was written.
    pub at: Time,
    /// Whether this is the last try.
    pub last: bool,
}

/// Whether it is any letter's turn.
pub fn is_any_due(tx: &Tx<'_>, now: Time) -> Result<bool, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT 1 FROM mail WHERE state='waiting' AND next_at <= ?1")?;
    Ok(query.exists([secs(now)])?)
}

/// Takes the letter whose turn it is; unless it is sent, it comes again after the pause of its try. So nothing is lost,
/// and nothing goes in circles, when the server ends in between.
pub fn take_due(tx: &Tx<'_>, now: Time, pauses: &[u64]) -> Result<Option<Due>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT id, recipient, kind, sealed, at, tries FROM mail
          WHERE state='waiting' AND next_at <= ?1 ORDER BY next_at, id LIMIT 1",
    )?;
    let found = query.query_row([secs(now)], |row| {
        let tries = usize::try_from(row.get::<_, u32>(5)?).unwrap_or(usize::MAX);
        let due = Due {
            id: row.get(0)?,
            recipient: row.get(1)?,
            kind: row.get(2)?,
            sealed: row.get(3)?,
            at: time(row.get(4)?),
            last: tries >= pauses.len(),
        };
        Ok((tries, due))
    });
    let Some((tries, due)) = found.optional()? else { return Ok(None) };
    let next = now.plus(pauses.get(tries).or(pauses.last()).copied().unwrap_or_default());
    tx.run("UPDATE mail SET tries=tries+1, next_at=?2 WHERE id=?1", params![due.id, secs(next)])?;
    Ok(Some(due))
}

/// A letter has gone: what it said is erased.
pub fn sent(tx: &Tx<'_>, id: i64, now: Time) -> Result<(), StoreFault> {
    tx.run("UPDATE mail SET state='sent', sent_at=?2, sealed=NULL WHERE id=?1", params![id, secs(now)])?;
    Ok(())
}

/// Nothing will bring this letter where it should go.
pub fn given_up(tx: &Tx<'_>, id: i64) -> Result<(), StoreFault> {
    tx.run("UPDATE mail SET state='dead' WHERE id=?1 AND state='waiting'", [id])?;
    Ok(())
}
