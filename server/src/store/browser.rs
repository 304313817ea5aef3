//! Browsers that use the server's own pages: a cookie's hash, its CSRF token and what it is at.
//!
//! The pages are a service like any other (3.11): a session here is worth what its sign-in is worth. It is over when the
//! sign-in was reported or ended, when the phone that approved it is removed, and a day after it began (3.10).

use super::account::secs;
use super::{StoreFault, Tx};
use countersign_protocol::id::{Eid, Tid};
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, params};

/// Seconds that a session lasts at the most (3.10).
const SESSION: u64 = 86_400;
/// Seconds that a browser is recognised: half a year.
pub const KNOWN_FOR: u64 = 182 * 86_400;

/// What a browser may do without signing in again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum May {
    /// Nothing but sign in.
    Nothing,
    /// Pair one phone with its account, by a set-up link.
    Pair,
    /// See the account and nothing more: a sign-in by an offline code cannot manage phones (3.6).
    Look,
    /// What a signed-in person may.
    Full,
}

impl May {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Pair => "pair",
            Self::Look => "look",
            Self::Full => "full",
        }
    }

    fn from_name(name: &str) -> Self {
        match name {
            "pair" => Self::Pair,
            "look" => Self::Look,
            "full" => Self::Full,
            _ => Self::Nothing,
        }
    }

    /// Whether somebody is signed in.
    pub const fn is_signed_in(self) -> bool {
        matches!(self, Self::Look | Self::Full)
    }
}

/// One browser.
#[derive(Clone)]
pub struct Browser {
    /// SHA-256 of its cookie.
    pub cookie_hash: [u8; 32],
    /// CSRF token.
    pub csrf: [u8; 16],
    /// The account that it is signed in to or may pair for.
    pub account: Option<String>,
    /// What it may do.
    pub may: May,
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
}

/// A browser, and whether what it may do has come to its end.
const FIND: &str = "
SELECT csrf, account, may, identifier, remember, tid, eid, starts,
       may <> '' AND (created <= ?2 OR (may <> 'pair' AND NOT EXISTS (
           SELECT 1 FROM sign_in JOIN phone ON phone.aid = sign_in.decided_by
            WHERE sign_in.tid = browser.tid AND sign_in.state = 'completed' AND sign_in.ended IS NULL
              AND phone.state <> 'revoked')))
  FROM browser WHERE cookie_hash=?1";

/// The browser with this cookie; one whose session is over may do nothing.
pub fn find(tx: &Tx<'_>, cookie_hash: &[u8; 32], now: Time) -> Result<Option<Browser>, StoreFault> {
    let mut query = tx.0.prepare_cached(FIND)?;
    let found = query.query_row(params![&cookie_hash[..], secs(now.minus(SESSION))], |row| {
        let browser = Browser {
            cookie_hash: *cookie_hash,
            csrf: row.get(0)?,
            account: row.get(1)?,
            may: May::from_name(&row.get::<_, String>(2)?),
            identifier: row.get(3)?,
            remember: row.get(4)?,
            tid: row.get::<_, Option<[u8; 16]>>(5)?.map(Tid::from_bytes),
            eid: row.get::<_, Option<[u8; 16]>>(6)?.map(Eid::from_bytes),
            starts: row.get(7)?,
        };
        Ok(if row.get(8)? { browser.signed_out() } else { browser })
    });
    Ok(found.optional()?)
}

impl Browser {
    /// The same browser, with nobody signed in and nothing under way.
    pub fn signed_out(self) -> Self {
        Self { account: None, may: May::Nothing, tid: None, eid: None, ..self }
    }

    /// The same cookie, and nothing of what was done under the one before.
    pub fn forgotten(self) -> Self {
        Self { identifier: None, remember: false, starts: "[]".to_owned(), ..self.signed_out() }
    }
}

/// Writes what a browser is at. Who is signed in is not written: that is so from the first row of a cookie on, and a
/// request that was on its way when the owner signed out must not bring it back. A row that is gone stays gone.
pub fn update(tx: &Tx<'_>, browser: &Browser, now: Time) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE browser SET seen=?2, identifier=?3, remember=?4, tid=?5, eid=?6, starts=?7 WHERE cookie_hash=?1",
        params![
            &browser.cookie_hash[..],
            secs(now),
            browser.identifier,
            browser.remember,
            browser.tid.as_ref().map(Tid::as_bytes),
            browser.eid.as_ref().map(Eid::as_bytes),
            browser.starts
        ],
    )?;
    Ok(())
}

/// Writes the row of a new cookie. Of two requests that are its first, the second adds what it is at.
pub fn insert(tx: &Tx<'_>, browser: &Browser, now: Time) -> Result<(), StoreFault> {
    tx.run(
        "INSERT INTO browser (cookie_hash, csrf, created, seen, account, may, identifier, remember, tid, eid, starts)
         VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (cookie_hash) DO UPDATE SET seen=?3, identifier=?6, remember=?7, tid=?8, eid=?9, starts=?10",
        params![
            &browser.cookie_hash[..],
            &browser.csrf[..],
            secs(now),
            browser.account,
            browser.may.as_str(),
            browser.identifier,
            browser.remember,
            browser.tid.as_ref().map(Tid::as_bytes),
            browser.eid.as_ref().map(Eid::as_bytes),
            browser.starts
        ],
    )?;
    Ok(())
}

/// Forgets a browser (sign-out, or a new cookie after sign-in).
pub fn delete(tx: &Tx<'_>, cookie_hash: &[u8; 32]) -> Result<(), StoreFault> {
    tx.run("DELETE FROM browser WHERE cookie_hash=?1", [&cookie_hash[..]])?;
    Ok(())
}

/// Remembers a browser for an account.
pub fn recognise(tx: &Tx<'_>, hash: &[u8; 32], account: &str, now: Time) -> Result<(), StoreFault> {
    tx.run(
        "INSERT OR REPLACE INTO recognised (hash, account, at) VALUES (?1, ?2, ?3)",
        params![&hash[..], account, secs(now)],
    )?;
    Ok(())
}

/// What was remembered under one cookie is from now on under another.
pub fn move_recognised(tx: &Tx<'_>, from: &[u8; 32], to: &[u8; 32]) -> Result<(), StoreFault> {
    tx.run("UPDATE recognised SET hash=?2 WHERE hash=?1", params![&from[..], &to[..]])?;
    Ok(())
}

/// Whether a browser is remembered for an account.
pub fn is_recognised(tx: &Tx<'_>, hash: &[u8; 32], account: &str, now: Time) -> Result<bool, StoreFault> {
    let mut query =
        tx.0.prepare_cached("SELECT 1 FROM recognised WHERE hash=?1 AND account=?2 AND at > ?3")?;
    Ok(query.exists(params![&hash[..], account, secs(now.minus(KNOWN_FOR))])?)
}

/// Forgets every browser that was remembered for an account: one of them was not its owner's.
pub fn forget_recognised(tx: &Tx<'_>, account: &str) -> Result<(), StoreFault> {
    tx.run("DELETE FROM recognised WHERE account=?1", [account])?;
    Ok(())
}

/// Ends the sessions of an account on the server's own pages.
pub fn sign_out(tx: &Tx<'_>, account: &str) -> Result<(), StoreFault> {
    tx.run("UPDATE browser SET account=NULL, may='', tid=NULL, eid=NULL WHERE account=?1", [account])?;
    Ok(())
}

/// Ends what browsers may do by a set-up link of an account; what they look at stays.
pub fn end_pairing(tx: &Tx<'_>, account: &str) -> Result<(), StoreFault> {
    tx.run("UPDATE browser SET account=NULL, may='' WHERE account=?1 AND may='pair'", [account])?;
    Ok(())
}
