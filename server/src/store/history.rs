//! What an account's owner can look up about sign-ins for months: when, where, by which key, and what it came to. The
//! sign-in's own row, with all that proves it, is gone after a day.

use super::account::secs;
use super::service::{OPERATOR, PORTAL};
use super::{StoreFault, Tx, time};
use countersign_protocol::code::sign_in_code;
use countersign_protocol::id::Tid;
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, Row, params};

/// What is kept of a sign-in.
#[derive(Clone)]
pub struct Past {
    /// Its id.
    pub tid: Tid,
    /// Whose.
    pub account: String,
    /// The service, by id.
    pub service: String,
    /// The key, or the method if it is none of ours.
    pub key: String,
    /// Where the browser was, if that is known.
    pub place: Option<String>,
    /// The browser, in words.
    pub agent: Option<String>,
    /// When it was decided, else when it began.
    pub at: Time,
    /// The state that it came to.
    pub result: String,
}

/// The key of a sign-in by a password alone.
pub const PASSWORD: &str = "password";

const COLUMNS: &str = "tid, account, service, key, place, agent, at, result";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Past> {
    Ok(Past {
        tid: Tid::from_bytes(row.get(0)?),
        account: row.get(1)?,
        service: row.get(2)?,
        key: row.get(3)?,
        place: row.get(4)?,
        agent: row.get(5)?,
        at: time(row.get(6)?),
        result: row.get(7)?,
    })
}

/// Notes what a sign-in is by now; called by whatever changes its state. One that no account was ever named for, or that
/// is a proof for something else, is nobody's to look up.
pub fn note(tx: &Tx<'_>, tid: &Tid) -> Result<(), StoreFault> {
    tx.run(
        "INSERT INTO history (tid, account, service, key, place, agent, at, result, factor, ended)
         SELECT tid, account, service, CASE method WHEN 'push' THEN 'number' WHEN 'link' THEN 'here' ELSE method END,
                json_extract(ctx, '$.geo'), json_extract(ctx, '$.agent'), coalesce(decided_at, created), state,
                (SELECT factor FROM evidence WHERE evidence.tid = sign_in.tid), ended
           FROM sign_in WHERE tid=?1 AND account IS NOT NULL AND act IS NULL
         ON CONFLICT (tid) DO UPDATE SET at=excluded.at, result=excluded.result, ended=excluded.ended,
                factor=coalesce(excluded.factor, factor)",
        [tid.as_bytes()],
    )?;
    Ok(())
}

/// Notes a sign-in that has no row of its own: one by a password alone.
pub fn insert(tx: &Tx<'_>, past: &Past) -> Result<(), StoreFault> {
    tx.run(
        "INSERT INTO history (tid, account, service, key, place, agent, at, result)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            past.tid.as_bytes(),
            past.account,
            past.service,
            past.key,
            past.place,
            past.agent,
            secs(past.at),
            past.result
        ],
    )?;
    Ok(())
}

/// Whether an account was signed in to before from a browser that calls itself like this one and, where its place is known,
/// from there: as long ago as is kept. A row of this sign-in itself says nothing, nor one that was reported. The first
/// sign-in of an account that was made since then is unlike none.
pub fn is_usual(tx: &Tx<'_>, past: &Past, since: Time) -> Result<bool, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT iif(count(*) = 0, (SELECT created > ?5 FROM account WHERE id=?1),
                    max(result='completed' AND agent IS ?3)
                    AND (?4 IS NULL OR max(result='completed' AND place IS ?4)))
           FROM history WHERE account=?1 AND result IN ('completed', 'reported') AND tid <> ?2",
    )?;
    let row = params![past.account, past.tid.as_bytes(), past.agent, past.place, secs(since)];
    Ok(query.query_row(row, |row| row.get(0))?)
}

/// The key of an account's latest sign-in that went through.
pub fn last_key(tx: &Tx<'_>, account: &str) -> Result<Option<String>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT key FROM history WHERE account=?1 AND result='completed' ORDER BY at DESC LIMIT 1",
    )?;
    Ok(query.query_row([account], |row| row.get(0)).optional()?)
}

/// How many services an account was signed in to, besides the server's own pages.
pub fn services(tx: &Tx<'_>, account: &str) -> Result<u32, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT count(*) FROM (
            SELECT service FROM history WHERE account=?1 AND result='completed'
            UNION SELECT service FROM visit WHERE session IN (SELECT id FROM session WHERE account=?1))
          WHERE service NOT IN (?2, ?3)",
    )?;
    Ok(query.query_row(params![account, PORTAL, OPERATOR], |row| row.get(0))?)
}

/// The sign-ins of an account, the latest first: at most `most` after the first `skip`.
pub fn of_account(tx: &Tx<'_>, account: &str, skip: u32, most: u32) -> Result<Vec<Past>, StoreFault> {
    let mut query = tx.0.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM history WHERE account=?1 ORDER BY at DESC, rowid DESC LIMIT ?3 OFFSET ?2"
    ))?;
    let rows = query.query_map(params![account, skip, most], from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The sign-in of this id.
pub fn find(tx: &Tx<'_>, tid: &Tid) -> Result<Option<Past>, StoreFault> {
    let mut query = tx.0.prepare_cached(&format!("SELECT {COLUMNS} FROM history WHERE tid=?1"))?;
    Ok(query.query_row([tid.as_bytes()], from_row).optional()?)
}

/// The sign-in of an account that people name by this code, with or without its hyphen.
pub fn by_code(tx: &Tx<'_>, account: &str, code: &str) -> Result<Option<Past>, StoreFault> {
    let plain = |code: &str| code.to_uppercase().replace('-', "");
    let wanted = plain(code);
    let mut query = tx.0.prepare_cached("SELECT tid FROM history WHERE account=?1 ORDER BY at DESC")?;
    let mut tids = query.query_map([account], |row| row.get(0).map(Tid::from_bytes))?;
    let meant = tids.find(|tid| tid.as_ref().is_ok_and(|tid| plain(&sign_in_code(tid)) == wanted));
    meant.transpose()?.map_or(Ok(None), |tid| find(tx, &tid))
}

/// Its owner says that it was somebody else, after its own row is gone.
pub fn report(tx: &Tx<'_>, tid: &Tid, now: Time) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE history SET result='reported', ended=coalesce(ended, ?2) WHERE tid=?1",
        params![tid.as_bytes(), secs(now)],
    )?;
    Ok(())
}

/// Leaves a report for the operator to look at; the first one stays.
pub fn leave_report(tx: &Tx<'_>, tid: &Tid, account: &str, now: Time) -> Result<(), StoreFault> {
    tx.run(
        "INSERT OR IGNORE INTO report (tid, account, at) VALUES (?1, ?2, ?3)",
        params![tid.as_bytes(), account, secs(now)],
    )?;
    Ok(())
}
