//! How sessions end, and who is told: a service to which somebody went on by a session hears when it ends, in its events.
//!
//! A session that only ran out of time tells nobody: services have their own ideas of how long.

use super::{LIVES, column};
use crate::store::account::secs;
use crate::store::{StoreFault, Tx};
use countersign_protocol::id::Eid;
use countersign_protocol::time::Time;
use rusqlite::{ToSql, params};

/// Services that have something in their events now.
pub type Ending = Vec<String>;

/// Whether the sign-in by which somebody went to a service is over by an act: reported, ended, its phone removed.
const UNDONE: &str = "EXISTS (
    SELECT 1 FROM sign_in JOIN phone ON phone.aid = sign_in.decided_by
     WHERE sign_in.tid = visit.tid AND (sign_in.ended IS NOT NULL OR phone.state = 'revoked'))";

/// Ends the session of this id.
pub fn end(tx: &Tx<'_>, id: &[u8; 16], now: Time) -> Result<Ending, StoreFault> {
    end_where(tx, "session.id = ?2", &[&secs(now), &&id[..]])
}

/// The same if it is one of this account; nothing if it is none, or is over.
pub fn end_of(tx: &Tx<'_>, account: &str, id: &[u8; 16], now: Time) -> Result<Option<Ending>, StoreFault> {
    let mut query =
        tx.0.prepare_cached("SELECT 1 FROM session WHERE id=?1 AND account=?2 AND ended IS NULL")?;
    if !query.exists(params![&id[..], account])? {
        return Ok(None);
    }
    end(tx, id, now).map(Some)
}

/// Ends the session of a cookie (sign-out, or somebody else signs in).
pub fn end_of_cookie(tx: &Tx<'_>, cookie: &[u8; 32], now: Time) -> Result<Ending, StoreFault> {
    end_where(tx, "session.cookie_hash = ?2", &[&secs(now), &&cookie[..]])
}

/// Ends every session of an account but one, and what their browsers were at.
pub fn end_all(tx: &Tx<'_>, account: &str, but: Option<&[u8; 16]>, now: Time) -> Result<Ending, StoreFault> {
    let but = but.map(|id| &id[..]);
    end_where(tx, "session.account = ?2 AND session.id IS NOT ?3", &[&secs(now), &account, &but])
}

/// Ends the sessions of an account that were made by this key.
pub fn end_key(tx: &Tx<'_>, account: &str, key: &str, now: Time) -> Result<Ending, StoreFault> {
    end_where(tx, "session.account = ?2 AND session.key = ?3", &[&secs(now), &account, &key])
}

/// Ends the sessions of an account by one factor, but for that of the browser which shows this pairing.
pub fn end_beside(tx: &Tx<'_>, account: &str, eid: &Eid, now: Time) -> Result<Ending, StoreFault> {
    end_where(
        tx,
        "session.account = ?2 AND session.acr = 'aal1' AND NOT EXISTS (
            SELECT 1 FROM browser WHERE browser.cookie_hash = session.cookie_hash AND browser.eid = ?3)",
        &[&secs(now), &account, eid.as_bytes()],
    )
}

/// Ends what browsers may do by a set-up link of an account; what they look at stays.
pub fn end_pairing(tx: &Tx<'_>, account: &str, now: Time) -> Result<(), StoreFault> {
    close(tx, "session.account = ?2 AND session.acr = ''", &[&secs(now), &account])
}

/// Ends the sessions that are over, and the pairings that their browsers showed. For the sweep: until then
/// [`super::find`] says so.
pub fn end_over(tx: &Tx<'_>, now: Time, idle: u64) -> Result<Ending, StoreFault> {
    let (now, idle) = (secs(now), column(idle));
    let values: &[&dyn ToSql] = &[&now, &idle];
    let mut told = tell(
        tx,
        &format!(
            "NOT ({LIVES}) AND session.ended IS NULL
             AND session.exp > ?1 AND (?2 = 0 OR session.seen > ?1 - ?2)"
        ),
        values,
    )?;
    told.extend(tell(tx, UNDONE, &[&now])?);
    // Whatever sign-in they wait for may go on.
    forget(tx, "eid=NULL", &format!("NOT ({LIVES})"), values)?;
    close(tx, &format!("NOT ({LIVES})"), values)?;
    Ok(told)
}

/// Ends sessions by an act; ?1 is now.
fn end_where(tx: &Tx<'_>, which: &str, values: &[&dyn ToSql]) -> Result<Ending, StoreFault> {
    let told = tell(tx, &format!("session.ended IS NULL AND {which}"), values)?;
    // A sign-in that was just completed would open another session.
    forget(tx, "tid=NULL, eid=NULL", which, values)?;
    close(tx, which, values)?;
    Ok(told)
}

/// Tells the services to which somebody went on by these sessions.
fn tell(tx: &Tx<'_>, which: &str, values: &[&dyn ToSql]) -> Result<Ending, StoreFault> {
    let visits =
        format!("visit JOIN session ON session.id = visit.session WHERE visit.ended IS NULL AND {which}");
    let mut query = tx.0.prepare_cached(&format!(
        "INSERT INTO event (type, service, account, at, session)
         SELECT 'sign_in_ended', visit.service, session.account, ?1, session.id FROM {visits} RETURNING service"
    ))?;
    let told = query.query_map(values, |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    tx.run(
        &format!(
            "UPDATE visit SET ended=?1 WHERE (session, service) IN (SELECT visit.session, visit.service FROM {visits})"
        ),
        values,
    )?;
    Ok(told)
}

/// What their browsers were at is over too.
fn forget(tx: &Tx<'_>, what: &str, which: &str, values: &[&dyn ToSql]) -> Result<(), StoreFault> {
    tx.run(
        &format!(
            "UPDATE browser SET {what} WHERE cookie_hash IN (
                SELECT session.cookie_hash FROM session WHERE session.ended IS NULL AND {which})"
        ),
        values,
    )?;
    Ok(())
}

fn close(tx: &Tx<'_>, which: &str, values: &[&dyn ToSql]) -> Result<(), StoreFault> {
    tx.run(
        &format!("UPDATE session SET ended=?1, cookie_hash=NULL WHERE session.ended IS NULL AND {which}"),
        values,
    )?;
    Ok(())
}
