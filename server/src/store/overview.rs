//! What an operator sees of the whole: figures of the last hour, letters, accounts that are looked for.

use super::account::secs;
use super::{StoreFault, Tx, time};
use countersign_protocol::code::sign_in_code;
use countersign_protocol::id::Tid;
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, Row, params};

/// Seconds of an hour.
const HOUR: u64 = 3600;
/// Seconds of a day.
const DAY: u64 = 86_400;

/// Sign-ins of the last hour.
pub struct SignIns {
    /// All that came to an end.
    pub all: u32,
    /// Those that were approved.
    pub approved: u32,
    /// Those that were reported.
    pub reported: u32,
    /// Seconds from start to approval, the middle one.
    pub median: Option<u32>,
}

/// The figures of an hour.
pub fn sign_ins(tx: &Tx<'_>, now: Time) -> Result<SignIns, StoreFault> {
    let since = secs(now.minus(HOUR));
    let mut query = tx.0.prepare_cached(
        "SELECT count(*), count(*) FILTER (WHERE result IN ('approved', 'completed')),
                count(*) FILTER (WHERE result='reported') FROM history WHERE at > ?1",
    )?;
    let (all, approved, reported) =
        query.query_row([since], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut query = tx.0.prepare_cached(
        "SELECT decided_at - created FROM sign_in
          WHERE decided_at > ?1 AND state IN ('approved', 'completed') ORDER BY 1",
    )?;
    let took: Vec<u32> = query.query_map([since], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(SignIns { all, approved, reported, median: took.get(took.len() / 2).copied() })
}

/// Wake-ups of the last hour: all, and those that the phone came for.
pub fn wakes(tx: &Tx<'_>, now: Time) -> Result<(u32, u32), StoreFault> {
    let mut query =
        tx.0.prepare_cached("SELECT count(*), count(*) FILTER (WHERE answered=1) FROM wake WHERE at > ?1")?;
    Ok(query.query_row([secs(now.minus(HOUR))], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// When the newest record of the log was written, by the clock of then.
pub fn newest_record(tx: &Tx<'_>) -> Result<Time, StoreFault> {
    let mut query =
        tx.0.prepare_cached("SELECT json_extract(record, '$.at') FROM audit ORDER BY seq DESC LIMIT 1")?;
    Ok(query.query_row([], |row| row.get(0).map(time)).optional()?.unwrap_or(Time::from_secs(0)))
}

/// How letters fare.
pub struct Letters {
    /// Sent within a day.
    pub sent: u32,
    /// On their way.
    pub waiting: u32,
    /// Given up.
    pub dead: u32,
}

/// How letters fare.
pub fn letters(tx: &Tx<'_>, now: Time) -> Result<Letters, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT count(*) FILTER (WHERE state='sent' AND sent_at > ?1), count(*) FILTER (WHERE state='waiting'),
                count(*) FILTER (WHERE state='dead') FROM mail",
    )?;
    Ok(query.query_row([secs(now.minus(DAY))], |row| {
        Ok(Letters { sent: row.get(0)?, waiting: row.get(1)?, dead: row.get(2)? })
    })?)
}

/// A letter that has not left; what it says is not told.
pub struct Stuck {
    /// Its number.
    pub id: i64,
    /// Whom it is about; nothing if that is nobody with an account.
    pub account: String,
    /// Which letter.
    pub kind: String,
    /// Where it goes.
    pub recipient: String,
    /// Whether it was given up.
    pub dead: bool,
    /// How often it was tried.
    pub tries: u32,
    /// When it was written.
    pub at: Time,
    /// When it is tried next.
    pub next: Time,
}

const STUCK: &str = "SELECT id, account, kind, recipient, state='dead', tries, at, next_at FROM mail
  WHERE state <> 'sent'";

fn stuck_from(row: &Row<'_>) -> rusqlite::Result<Stuck> {
    Ok(Stuck {
        id: row.get(0)?,
        account: row.get(1)?,
        kind: row.get(2)?,
        recipient: row.get(3)?,
        dead: row.get(4)?,
        tries: row.get(5)?,
        at: time(row.get(6)?),
        next: time(row.get(7)?),
    })
}

/// Letters that have not left, the oldest first.
pub fn stuck(tx: &Tx<'_>, most: u32) -> Result<Vec<Stuck>, StoreFault> {
    let mut query = tx.0.prepare_cached(&format!("{STUCK} ORDER BY id LIMIT ?1"))?;
    let rows = query.query_map([most], stuck_from)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One of them.
pub fn letter(tx: &Tx<'_>, id: i64) -> Result<Option<Stuck>, StoreFault> {
    let mut query = tx.0.prepare_cached(&format!("{STUCK} AND id=?1"))?;
    Ok(query.query_row([id], stuck_from).optional()?)
}

/// A letter gets another round of tries, from now on; `false` if it has left.
pub fn send_again(tx: &Tx<'_>, id: i64, now: Time) -> Result<bool, StoreFault> {
    let again = tx.run(
        "UPDATE mail SET state='waiting', tries=0, next_at=?2 WHERE id=?1 AND state <> 'sent' AND sealed IS NOT NULL",
        params![id, secs(now)],
    )?;
    Ok(again == 1)
}

/// Forgets a letter that has not left; `false` if it has.
pub fn drop_letter(tx: &Tx<'_>, id: i64) -> Result<bool, StoreFault> {
    Ok(tx.run("DELETE FROM mail WHERE id=?1 AND state <> 'sent'", [id])? == 1)
}

/// An account in a list.
pub struct Found {
    /// Its id.
    pub id: String,
    /// Its address.
    pub email: String,
    /// Names, if any.
    pub name: String,
    /// `active`, `locked`, `closing`, `closed`.
    pub state: String,
    /// Phones that are not removed.
    pub phones: u32,
    /// The latest sign-in that went through.
    pub last: Option<Time>,
}

/// Sign-ins that are looked through for a code, the newest first.
const LOOKED_THROUGH: u32 = 100_000;

/// Accounts by a part of name or address, by id, or by the code of a sign-in; `most` at the most. Signs of the pattern
/// language in what was typed are letters like others.
pub fn find(tx: &Tx<'_>, wanted: &str, most: u32) -> Result<Vec<Found>, StoreFault> {
    let pattern: String = wanted.chars().flat_map(escaped).collect();
    let mut query = tx.0.prepare_cached(
        "SELECT id, email, trim(coalesce(given_name, '') || ' ' || coalesce(family_name, '')), state,
                (SELECT count(*) FROM phone WHERE account=account.id AND state IN ('active', 'locked')),
                (SELECT max(at) FROM history WHERE account=account.id AND result='completed')
           FROM account
          WHERE email LIKE ?1 ESCAPE '\\' OR given_name LIKE ?1 ESCAPE '\\' OR family_name LIKE ?1 ESCAPE '\\'
             OR id=?2 OR id=?3
          ORDER BY email LIMIT ?4",
    )?;
    let of_code = account_of_code(tx, wanted)?;
    let rows = query.query_map(params![format!("%{pattern}%"), wanted, of_code, most], |row| {
        Ok(Found {
            id: row.get(0)?,
            email: row.get(1)?,
            name: row.get(2)?,
            state: row.get(3)?,
            phones: row.get(4)?,
            last: row.get::<_, Option<i64>>(5)?.map(time),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whose the newest sign-in with this code is: what the code is made of goes one way only.
fn account_of_code(tx: &Tx<'_>, typed: &str) -> Result<Option<String>, StoreFault> {
    let wanted: String = typed.to_uppercase().chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if wanted.len() != 8 {
        return Ok(None);
    }
    let mut query = tx.0.prepare_cached("SELECT tid, account FROM history ORDER BY at DESC LIMIT ?1")?;
    let mut rows = query.query([LOOKED_THROUGH])?;
    while let Some(row) = rows.next()? {
        if sign_in_code(&Tid::from_bytes(row.get(0)?)).replace('-', "") == wanted {
            return Ok(row.get(1)?);
        }
    }
    Ok(None)
}

fn escaped(c: char) -> impl Iterator<Item = char> {
    let sign = matches!(c, '%' | '_' | '\\');
    sign.then_some('\\').into_iter().chain([c])
}
