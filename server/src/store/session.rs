//! Sessions on the server's own pages: who is signed in under a cookie, how strongly, and for how long.
//!
//! The pages are a service like any other (3.11): a session that comes of a sign-in is worth what that sign-in is worth.
//! It is over when the sign-in was reported or ended, when the phone that approved it is removed, when its account is
//! not active any more, when nobody used it for a while, and some hours after it began (3.10). A session that has ended
//! has no cookie any more: nothing finds it again.

mod ending;
mod listing;

pub use ending::{Ending, end, end_all, end_beside, end_key, end_of, end_of_cookie, end_over, end_pairing};
pub use listing::{Listed, all_of};

use super::account::secs;
use super::{StoreFault, Tx, time};
use countersign_protocol::id::{Eid, Tid};
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, Row, params};

/// The key of sessions on the operator's pages.
pub const OPERATOR: &str = "operator";

/// Seconds between two notes that a session is in use.
const NOTED: u64 = 60;

/// How strongly somebody is signed in; a higher one is worth more (3.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Acr {
    /// By one factor.
    Basic,
    /// By a code that can be relayed.
    Code,
    /// By an approval that a phone signed.
    Strong,
}

impl Acr {
    /// As it stands in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Basic => "aal1",
            Self::Code => "aal2-otp",
            Self::Strong => "aal2",
        }
    }

    /// What a column says; nothing for what is no level.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Basic, Self::Code, Self::Strong].into_iter().find(|acr| acr.as_str() == name)
    }
}

/// What a session allows without another sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// See the account and nothing more: a code cannot manage phones (3.6).
    Look,
    /// What a signed-in person may.
    Manage,
    /// See the account, and pair its very first phone.
    PairFirst,
    /// Pair a phone while none is active: an operator's link.
    PairAgain,
    /// Finish this one pairing: a recovery code (3.7.4).
    PairThis(Eid),
}

/// A session.
#[derive(Clone)]
pub struct Session {
    /// Its id, which is no secret.
    pub id: [u8; 16],
    /// Whose.
    pub account: String,
    /// How strongly; nothing if it only pairs a phone.
    pub acr: Option<Acr>,
    /// The sign-in that it comes of.
    pub tid: Option<Tid>,
    /// The enrolment that it is for.
    pub eid: Option<Eid>,
    /// When it began.
    pub began: Time,
    /// When it was last seen in use.
    pub seen: Time,
}

impl Session {
    /// Whether somebody is signed in by it.
    pub const fn is_signed_in(&self) -> bool {
        self.acr.is_some()
    }

    /// What it allows.
    pub const fn right(&self) -> Right {
        match (self.acr, self.eid) {
            (Some(Acr::Strong), _) => Right::Manage,
            (Some(Acr::Code), _) => Right::Look,
            (Some(Acr::Basic), _) => Right::PairFirst,
            (None, Some(eid)) => Right::PairThis(eid),
            (None, None) => Right::PairAgain,
        }
    }

    /// Whether it is time to note that it is in use.
    pub fn is_to_be_noted(&self, now: Time) -> bool {
        now.since(self.seen) >= NOTED
    }
}

/// What a session is made from.
#[derive(Clone)]
pub struct NewSession {
    /// Whose.
    pub account: String,
    /// How strongly; nothing if it only pairs a phone.
    pub acr: Option<Acr>,
    /// JSON of the methods (3.10).
    pub amr: String,
    /// The sign-in that it comes of.
    pub tid: Option<Tid>,
    /// By which key: `number`, `qr`, `here`, `offline`, `password`, `link` or `recovery`.
    pub key: &'static str,
    /// The enrolment that it is for.
    pub eid: Option<Eid>,
    /// The browser, in words.
    pub agent: Option<String>,
}

impl NewSession {
    /// One that pairs a phone by an operator's link, and signs nobody in.
    pub fn by_link(account: &str) -> Self {
        let (account, amr) = (account.to_owned(), "[]".to_owned());
        Self { account, acr: None, amr, tid: None, key: "link", eid: None, agent: None }
    }

    /// One that finishes this pairing by a recovery code, and signs nobody in.
    pub fn by_recovery(account: &str, eid: Eid, agent: Option<String>) -> Self {
        Self { key: "recovery", eid: Some(eid), agent, ..Self::by_link(account) }
    }
}

/// What is known of a cookie.
pub enum Found {
    /// Its session goes on.
    Live(Session),
    /// Its session is over.
    Over,
}

const COLUMNS: &str = "session.id, session.account, acr, session.tid, session.eid, began, session.seen";

/// Whether a session goes on at ?1; ?2 are the seconds that it may lie idle, 0 if for ever.
const LIVES: &str = "session.exp > ?1 AND (?2 = 0 OR session.seen > ?1 - ?2)
    AND EXISTS (SELECT 1 FROM account WHERE account.id = session.account AND account.state = 'active')
    AND (session.tid IS NULL OR EXISTS (
        SELECT 1 FROM sign_in JOIN phone ON phone.aid = sign_in.decided_by
         WHERE sign_in.tid = session.tid AND sign_in.state = 'completed' AND sign_in.ended IS NULL
           AND phone.state <> 'revoked'))";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Session> {
    Ok(Session {
        id: row.get(0)?,
        account: row.get(1)?,
        acr: Acr::from_name(&row.get::<_, String>(2)?),
        tid: row.get::<_, Option<[u8; 16]>>(3)?.map(Tid::from_bytes),
        eid: row.get::<_, Option<[u8; 16]>>(4)?.map(Eid::from_bytes),
        began: time(row.get(5)?),
        seen: time(row.get(6)?),
    })
}

/// The session of a cookie.
pub fn find(tx: &Tx<'_>, cookie: &[u8; 32], now: Time, idle: u64) -> Result<Option<Found>, StoreFault> {
    let mut query = tx.0.prepare_cached(&format!(
        "SELECT {COLUMNS}, {LIVES} FROM session WHERE cookie_hash=?3 AND ended IS NULL"
    ))?;
    let found = query.query_row(params![secs(now), column(idle), &cookie[..]], |row| {
        Ok(if row.get(7)? { Found::Live(from_row(row)?) } else { Found::Over })
    });
    Ok(found.optional()?)
}

/// The session of this id, if it goes on, and JSON of its methods.
pub fn live(
    tx: &Tx<'_>,
    id: &[u8; 16],
    now: Time,
    idle: u64,
) -> Result<Option<(Session, String)>, StoreFault> {
    let mut query = tx.0.prepare_cached(&format!(
        "SELECT {COLUMNS}, amr FROM session WHERE id=?3 AND ended IS NULL AND {LIVES}"
    ))?;
    let found =
        query.query_row(params![secs(now), column(idle), &id[..]], |row| Ok((from_row(row)?, row.get(7)?)));
    Ok(found.optional()?)
}

/// The key by which somebody is signed in.
pub fn key_of(tx: &Tx<'_>, id: &[u8; 16]) -> Result<Option<String>, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT key FROM session WHERE id=?1 AND ended IS NULL")?;
    Ok(query.query_row([&id[..]], |row| row.get(0)).optional()?)
}

/// Writes a session that begins now, under a cookie that nobody had before.
pub fn insert(
    tx: &Tx<'_>,
    (id, cookie): (&[u8; 16], &[u8; 32]),
    new: &NewSession,
    now: Time,
    life: u64,
) -> Result<(), StoreFault> {
    tx.run(
        "INSERT INTO session (id, cookie_hash, account, acr, amr, tid, key, eid, agent, began, seen, exp)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11)",
        params![
            &id[..],
            &cookie[..],
            new.account,
            new.acr.map_or("", Acr::as_str),
            new.amr,
            new.tid.as_ref().map(Tid::as_bytes),
            new.key,
            new.eid.as_ref().map(Eid::as_bytes),
            new.agent,
            secs(now),
            secs(now.plus(life))
        ],
    )?;
    Ok(())
}

/// The same person signs in once more: the session goes on under another cookie, with what this sign-in is worth. `false`
/// if it has ended meanwhile.
pub fn step_up(
    tx: &Tx<'_>,
    (id, cookie): (&[u8; 16], &[u8; 32]),
    new: &NewSession,
    now: Time,
    life: u64,
) -> Result<bool, StoreFault> {
    let changed = tx.run(
        "UPDATE session SET cookie_hash=?2, acr=?3, amr=?4, tid=?5, key=?6, eid=NULL, agent=?7, began=?8, seen=?8,
                exp=?9
          WHERE id=?1 AND ended IS NULL AND account=?10",
        params![
            &id[..],
            &cookie[..],
            new.acr.map_or("", Acr::as_str),
            new.amr,
            new.tid.as_ref().map(Tid::as_bytes),
            new.key,
            new.agent,
            secs(now),
            secs(now.plus(life)),
            new.account
        ],
    )?;
    Ok(changed == 1)
}

/// Notes that a session is in use. One that has ended meanwhile stays ended.
pub fn note_use(tx: &Tx<'_>, id: &[u8; 16], now: Time) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE session SET seen=max(seen, ?2) WHERE id=?1 AND ended IS NULL",
        params![&id[..], secs(now)],
    )?;
    Ok(())
}

/// The session of a cookie is from now on under another.
pub fn move_to(tx: &Tx<'_>, from: &[u8; 32], to: &[u8; 32]) -> Result<(), StoreFault> {
    tx.run("UPDATE session SET cookie_hash=?2 WHERE cookie_hash=?1", params![&from[..], &to[..]])?;
    Ok(())
}

/// Seconds for a query.
fn column(seconds: u64) -> i64 {
    i64::try_from(seconds).unwrap_or(i64::MAX)
}
