//! Idempotency of phone messages (3.0.5): one row for each (device key, `jti`), reserved first, done once.
//!
//! A worker that does not own a row never touches it. The conditions in the SQL answer races; each stands for one.

use super::account::secs;
use super::{StoreFault, Tx, accounting};
use crate::keys::BodyMacs;
use countersign_protocol::id::{Aid, Jti, Thumbprint};
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, params};

/// Seconds after which a reserved row is taken for a crash.
const CRASHED: u64 = 30;

/// Which row, and who owns it.
#[derive(Clone)]
pub struct Ticket {
    /// Device key.
    pub jkt: Thumbprint,
    /// Message.
    pub jti: Jti,
    /// Random id of the row; also the id of the failure that it counts.
    pub id: [u8; 16],
    /// Random id of this evaluation.
    pub owner: [u8; 16],
}

/// A stored outcome; the answer is sealed.
pub struct Stored {
    /// HTTP status.
    pub http: u16,
    /// Sealed body.
    pub answer: Vec<u8>,
}

/// What opening a row finds.
pub enum Opening {
    /// The row is this worker's: evaluate.
    Mine(Ticket),
    /// Evaluated before: give that answer.
    Done(Stored),
    /// The same id came with another body.
    Conflict,
    /// Closed by `settle` before the message arrived.
    Settled,
    /// Another worker is at it.
    Busy,
}

/// What to open.
pub struct Open {
    /// Device key.
    pub jkt: Thumbprint,
    /// Message.
    pub jti: Jti,
    /// The phone, once it has an id.
    pub aid: Option<Aid>,
    /// `HMAC(k_idem, body)`.
    pub body_mac: BodyMacs,
    /// Random, for a new row.
    pub id: [u8; 16],
    /// Random.
    pub owner: [u8; 16],
    /// Now.
    pub now: Time,
    /// When the row may go.
    pub keep_until: Time,
}

struct Found {
    id: [u8; 16],
    body_mac: Option<Vec<u8>>,
    owner: [u8; 16],
    done: bool,
    at: i64,
    http: Option<u16>,
    answer: Option<Vec<u8>>,
}

/// Step 6: inserts the row if it is absent, finds the outcome, or takes over a crashed evaluation.
pub fn open(tx: &Tx<'_>, open: &Open) -> Result<Opening, StoreFault> {
    let mine = |id| Ticket { jkt: open.jkt, jti: open.jti, id, owner: open.owner };
    let Some(found) = find(tx, &open.jkt, &open.jti)? else {
        insert(tx, open)?;
        return Ok(Opening::Mine(mine(open.id)));
    };
    match (&found.body_mac, found.done) {
        (None, _) => return Ok(Opening::Settled),
        (Some(mac), _) if !open.body_mac.fits(mac) => return Ok(Opening::Conflict),
        (Some(_), true) => return Ok(Opening::Done(stored(found)?)),
        (Some(_), false) => {}
    }
    if found.at > secs(open.now.minus(CRASHED)) {
        return Ok(Opening::Busy);
    }
    let taken = tx.run(
        "UPDATE attempt SET owner=?1, at=?2 WHERE jkt=?3 AND jti=?4 AND owner=?5 AND state='reserved'",
        params![open.owner, secs(open.now), open.jkt.as_bytes(), open.jti.as_bytes(), found.owner],
    )?;
    Ok(if taken == 1 { Opening::Mine(mine(found.id)) } else { Opening::Busy })
}

fn insert(tx: &Tx<'_>, open: &Open) -> Result<(), StoreFault> {
    tx.run(
        "INSERT INTO attempt (jkt, jti, id, aid, body_mac, owner, state, at, keep_until)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'reserved', ?7, ?8)",
        params![
            open.jkt.as_bytes(),
            open.jti.as_bytes(),
            open.id,
            open.aid.as_ref().map(Aid::as_bytes),
            open.body_mac.current,
            open.owner,
            secs(open.now),
            secs(open.keep_until)
        ],
    )?;
    Ok(())
}

fn find(tx: &Tx<'_>, jkt: &Thumbprint, jti: &Jti) -> Result<Option<Found>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT id, body_mac, owner, state='done', at, http, answer FROM attempt WHERE jkt=?1 AND jti=?2",
    )?;
    let found = query.query_row(params![jkt.as_bytes(), jti.as_bytes()], |row| {
        Ok(Found {
            id: row.get(0)?,
            body_mac: row.get(1)?,
            owner: row.get(2)?,
            done: row.get(3)?,
            at: row.get(4)?,
            http: row.get(5)?,
            answer: row.get(6)?,
        })
    });
    Ok(found.optional()?)
}

fn stored(found: Found) -> Result<Stored, StoreFault> {
    match (found.http, found.answer) {
        (Some(http), Some(answer)) => Ok(Stored { http, answer }),
        _ => Err(StoreFault::Damaged("attempt")),
    }
}

/// A refusal before verification: the owner deletes the row and releases what it counted, so that the same bytes are
/// judged anew. Without the row nothing is changed.
pub fn withdraw(tx: &Tx<'_>, ticket: &Ticket, aid: Option<&Aid>) -> Result<(), StoreFault> {
    let mut delete = tx.0.prepare_cached(
        "DELETE FROM attempt WHERE jkt=?1 AND jti=?2 AND owner=?3 AND state='reserved' RETURNING counted",
    )?;
    let counted: Option<bool> = delete
        .query_row(params![ticket.jkt.as_bytes(), ticket.jti.as_bytes(), ticket.owner], |row| row.get(0))
        .optional()?;
    match (counted, aid) {
        (Some(true), Some(aid)) => accounting::release_online(tx, aid, &ticket.id),
        _ => Ok(()),
    }
}

/// The first statement of C: closes the row with its answer. `false` means that it was taken over meanwhile and
/// everything of this transaction has to be rolled back.
pub fn close(tx: &Tx<'_>, ticket: &Ticket, http: u16, sealed: &[u8]) -> Result<bool, StoreFault> {
    let closed = tx.run(
        "UPDATE attempt SET state='done', http=?1, answer=?2 WHERE jkt=?3 AND jti=?4 AND owner=?5 AND state='reserved'",
        params![http, sealed, ticket.jkt.as_bytes(), ticket.jti.as_bytes(), ticket.owner],
    )?;
    Ok(closed == 1)
}

/// The stored outcome of a message, if it is done and its body was this one.
pub fn outcome(
    tx: &Tx<'_>,
    jkt: &Thumbprint,
    jti: &Jti,
    body_mac: Option<&BodyMacs>,
) -> Result<Option<Stored>, StoreFault> {
    match find(tx, jkt, jti)? {
        Some(found)
            if found.done
                && body_mac
                    .is_none_or(|mac| found.body_mac.as_deref().is_some_and(|stored| mac.fits(stored))) =>
        {
            stored(found).map(Some)
        }
        _ => Ok(None),
    }
}

/// Whether an evaluation of this message is under way and not taken for a crash yet.
pub fn is_being_judged(tx: &Tx<'_>, jkt: &Thumbprint, jti: &Jti, now: Time) -> Result<bool, StoreFault> {
    Ok(find(tx, jkt, jti)?.is_some_and(|found| !found.done && found.at > secs(now.minus(CRASHED))))
}

/// Which id `settle` closes.
pub struct Closing {
    /// Device key.
    pub jkt: Thumbprint,
    /// The message of unknown outcome.
    pub jti: Jti,
    /// Random, for a new row.
    pub id: [u8; 16],
    /// Random.
    pub owner: [u8; 16],
    /// Now.
    pub now: Time,
    /// When the row may go.
    pub keep_until: Time,
}

/// Closes a message for good, unless it is done already (3.7.1). `true` if a crashed evaluation had counted a try,
/// which stays counted.
pub fn settle(tx: &Tx<'_>, closing: &Closing) -> Result<bool, StoreFault> {
    let Some(found) = find(tx, &closing.jkt, &closing.jti)? else {
        tx.run(
            "INSERT INTO attempt (jkt, jti, id, owner, state, at, keep_until) VALUES (?1, ?2, ?3, ?4, 'done', ?5, ?6)",
            params![
                closing.jkt.as_bytes(),
                closing.jti.as_bytes(),
                closing.id,
                closing.owner,
                secs(closing.now),
                secs(closing.keep_until)
            ],
        )?;
        return Ok(false);
    };
    if found.done {
        return Ok(false);
    }
    if found.at > secs(closing.now.minus(CRASHED)) {
        // It began between judging and this transaction.
        return Err(StoreFault::NotCommitted);
    }
    let mut close = tx.0.prepare_cached(
        "UPDATE attempt SET state='done', body_mac=NULL, owner=?3, at=?4, keep_until=?5
          WHERE jkt=?1 AND jti=?2 AND state='reserved' RETURNING counted",
    )?;
    let (jkt, jti) = (closing.jkt.as_bytes(), closing.jti.as_bytes());
    let (now, until) = (secs(closing.now), secs(closing.keep_until));
    Ok(close.query_row(params![jkt, jti, closing.owner, now, until], |row| row.get(0))?)
}
