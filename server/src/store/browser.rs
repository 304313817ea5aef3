//! Browsers that use the server's own pages: a cookie's hash, its CSRF token and what it is at. Who is signed in under
//! the same cookie is a [`super::session`].

use super::account::secs;
use super::{StoreFault, Tx, time};
use countersign_protocol::id::{Eid, Tid};
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, params};

/// One browser.
#[derive(Clone)]
pub struct Browser {
    /// SHA-256 of its cookie.
    pub cookie_hash: [u8; 32],
    /// CSRF token.
    pub csrf: [u8; 16],
    /// What was typed as identifier.
    pub identifier: Option<String>,
    /// Whether it asked to be recognised.
    pub remember: bool,
    /// The sign-in it waits for.
    pub tid: Option<Tid>,
    /// The enrolment it shows.
    pub eid: Option<Eid>,
    /// JSON of the times of its latest starts.
    pub starts: String,
    /// The arrival that its sign-in is for.
    pub arrival: Option<[u8; 16]>,
    /// The hash of the link that it had sent for a new account.
    pub signup: Option<[u8; 32]>,
    /// Whose first factor was right, and when.
    pub first: Option<(String, Time)>,
    /// The page of ours that the sign-in under way leads back to.
    pub next: Option<String>,
}

/// The browser with this cookie.
pub fn find(tx: &Tx<'_>, cookie_hash: &[u8; 32]) -> Result<Option<Browser>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT csrf, identifier, remember, tid, eid, starts, arrival, signup, first_account, first_at,
                next
           FROM browser WHERE cookie_hash=?1",
    )?;
    let found = query.query_row([&cookie_hash[..]], |row| {
        Ok(Browser {
            cookie_hash: *cookie_hash,
            csrf: row.get(0)?,
            identifier: row.get(1)?,
            remember: row.get(2)?,
            tid: row.get::<_, Option<[u8; 16]>>(3)?.map(Tid::from_bytes),
            eid: row.get::<_, Option<[u8; 16]>>(4)?.map(Eid::from_bytes),
            starts: row.get(5)?,
            arrival: row.get(6)?,
            signup: row.get(7)?,
            first: row.get::<_, Option<String>>(8)?.zip(row.get::<_, Option<i64>>(9)?.map(time)),
            next: row.get(10)?,
        })
    });
    Ok(found.optional()?)
}

impl Browser {
    /// The same cookie, and nothing of what was done under the one before.
    pub fn forgotten(self) -> Self {
        let starts = "[]".to_owned();
        Self {
            identifier: None,
            remember: false,
            tid: None,
            eid: None,
            starts,
            arrival: None,
            signup: None,
            first: None,
            next: None,
            ..self
        }
    }
}

/// Writes what a browser is at. A row that is gone stays gone: a request that was on its way when the owner signed out
/// must not bring it back.
pub fn update(tx: &Tx<'_>, browser: &Browser, now: Time) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE browser SET seen=?2, identifier=?3, remember=?4, tid=?5, eid=?6, starts=?7, arrival=?8, signup=?9,
                first_account=?10, first_at=?11, next=?12
          WHERE cookie_hash=?1",
        params![
            &browser.cookie_hash[..],
            secs(now),
            browser.identifier,
            browser.remember,
            browser.tid.as_ref().map(Tid::as_bytes),
            browser.eid.as_ref().map(Eid::as_bytes),
            browser.starts,
            browser.arrival,
            browser.signup,
            browser.first.as_ref().map(|(account, _)| account),
            browser.first.as_ref().map(|(_, at)| secs(*at)),
            browser.next
        ],
    )?;
    Ok(())
}

/// Writes the row of a new cookie. Of two requests that are its first, the second adds what it is at.
pub fn insert(tx: &Tx<'_>, browser: &Browser, now: Time) -> Result<(), StoreFault> {
    tx.run(
        "INSERT INTO browser (cookie_hash, csrf, created, seen, identifier, remember, tid, eid, starts, arrival,
                              signup, first_account, first_at, next)
         VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
         ON CONFLICT (cookie_hash) DO UPDATE SET seen=?3, identifier=?4, remember=?5, tid=?6, eid=?7, starts=?8,
            arrival=?9, signup=?10, first_account=?11, first_at=?12, next=?13",
        params![
            &browser.cookie_hash[..],
            &browser.csrf[..],
            secs(now),
            browser.identifier,
            browser.remember,
            browser.tid.as_ref().map(Tid::as_bytes),
            browser.eid.as_ref().map(Eid::as_bytes),
            browser.starts,
            browser.arrival,
            browser.signup,
            browser.first.as_ref().map(|(account, _)| account),
            browser.first.as_ref().map(|(_, at)| secs(*at)),
            browser.next
        ],
    )?;
    Ok(())
}

/// Forgets a browser (sign-out, or a new cookie).
pub fn delete(tx: &Tx<'_>, cookie_hash: &[u8; 32]) -> Result<(), StoreFault> {
    tx.run("DELETE FROM browser WHERE cookie_hash=?1", [&cookie_hash[..]])?;
    Ok(())
}

/// Remembers a browser for an account.
pub fn recognise(
    tx: &Tx<'_>,
    hash: &[u8; 32],
    account: &str,
    agent: Option<&str>,
    now: Time,
) -> Result<(), StoreFault> {
    tx.run(
        "INSERT INTO recognised (hash, account, at, id, agent, seen) VALUES (?1, ?2, ?3, randomblob(16), ?4, ?3)
         ON CONFLICT (hash, account) DO UPDATE SET at=?3, agent=?4, seen=?3",
        params![&hash[..], account, secs(now), agent],
    )?;
    Ok(())
}

/// What was remembered under one cookie is from now on under another.
pub fn move_recognised(tx: &Tx<'_>, from: &[u8; 32], to: &[u8; 32]) -> Result<(), StoreFault> {
    tx.run("UPDATE recognised SET hash=?2 WHERE hash=?1", params![&from[..], &to[..]])?;
    Ok(())
}

/// Whether a browser is remembered for an account, by something later than `since`.
pub fn is_recognised(tx: &Tx<'_>, hash: &[u8; 32], account: &str, since: Time) -> Result<bool, StoreFault> {
    let mut query =
        tx.0.prepare_cached("SELECT 1 FROM recognised WHERE hash=?1 AND account=?2 AND at > ?3")?;
    Ok(query.exists(params![&hash[..], account, secs(since)])?)
}

/// A browser that is remembered.
pub struct Recognised {
    /// Names it to its owner.
    pub id: [u8; 16],
    /// Hash of its cookie.
    pub hash: [u8; 32],
    /// What it calls itself, in words.
    pub agent: Option<String>,
    /// Since when.
    pub at: Time,
}

/// Those that are remembered for an account by something later than `since`, the latest first.
pub fn recognised_for(tx: &Tx<'_>, account: &str, since: Time) -> Result<Vec<Recognised>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT id, hash, agent, at FROM recognised WHERE account=?1 AND at > ?2 AND id IS NOT NULL ORDER BY at DESC",
    )?;
    let rows = query.query_map(params![account, secs(since)], |row| {
        Ok(Recognised { id: row.get(0)?, hash: row.get(1)?, agent: row.get(2)?, at: time(row.get(3)?) })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Forgets one of an account; `false` if there is none.
pub fn forget_one(tx: &Tx<'_>, account: &str, id: &[u8; 16]) -> Result<bool, StoreFault> {
    Ok(tx.run("DELETE FROM recognised WHERE account=?1 AND id=?2", params![account, &id[..]])? > 0)
}

/// Forgets every browser that was remembered for an account: one of them was not its owner's.
pub fn forget_recognised(tx: &Tx<'_>, account: &str) -> Result<(), StoreFault> {
    tx.run("DELETE FROM recognised WHERE account=?1", [account])?;
    Ok(())
}

/// Forgets that the first factor of an account was right somewhere: there is another one.
pub fn forget_first(tx: &Tx<'_>, account: &str) -> Result<(), StoreFault> {
    tx.run("UPDATE browser SET first_account=NULL, first_at=NULL WHERE first_account=?1", [account])?;
    Ok(())
}
