//! Events for services (3.11): what ended or was reported after they completed it.

use super::account::secs;
use super::{StoreFault, Tx, time};
use countersign_protocol::id::Tid;
use countersign_protocol::time::Time;
use rusqlite::params;

/// One event.
pub struct Event {
    /// Grows.
    pub id: i64,
    /// `sign_in_reported` and the like.
    pub r#type: String,
    /// The sign-in.
    pub tid: Option<Tid>,
    /// The session of the pages by which somebody came.
    pub session: Option<[u8; 16]>,
    /// The account.
    pub account: String,
    /// When.
    pub at: Time,
}

/// Most events in one answer.
const MOST: u32 = 200;

/// What a service is told.
pub struct NewEvent<'a> {
    /// `sign_in_reported` and the like.
    pub r#type: &'a str,
    /// Whom.
    pub service: &'a str,
    /// The sign-in.
    pub tid: Option<&'a Tid>,
    /// The account.
    pub account: &'a str,
}

/// Adds an event.
pub fn insert(tx: &Tx<'_>, event: &NewEvent<'_>, now: Time) -> Result<(), StoreFault> {
    tx.run(
        "INSERT INTO event (type, service, tid, account, at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![event.r#type, event.service, event.tid.map(Tid::as_bytes), event.account, secs(now)],
    )?;
    Ok(())
}

/// Events of a service after an id, oldest first.
pub fn after(tx: &Tx<'_>, service: &str, id: i64) -> Result<Vec<Event>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT id, type, tid, account, at, session FROM event WHERE service=?1 AND id>?2 ORDER BY id LIMIT ?3",
    )?;
    let rows = query.query_map(params![service, id, MOST], |row| {
        Ok(Event {
            id: row.get(0)?,
            r#type: row.get(1)?,
            tid: row.get::<_, Option<[u8; 16]>>(2)?.map(Tid::from_bytes),
            account: row.get(3)?,
            at: time(row.get(4)?),
            session: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
