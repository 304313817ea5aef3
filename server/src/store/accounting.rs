//! PIN accounting, exactly as 3.9.1 writes it: reserve, verify outside, then count, release or clear.
//!
//! The statements and their conditions were model-checked in every interleaving; keep them as they stand.

use super::account::secs;
use super::attempt::Ticket;
use super::{StoreFault, Tx, time};
use crate::policy::Limits;
use countersign_protocol::id::Aid;
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, params};

/// What a reservation finds.
#[derive(Debug, PartialEq, Eq)]
pub enum Reservation {
    /// One try is counted; go on and verify.
    Reserved,
    /// The row was taken over meanwhile.
    Lost,
    /// The phone is locked.
    Locked,
    /// The phone was removed.
    Revoked,
    /// Wait this many seconds.
    Wait(u64),
}

/// Whether A may be asked for on an `active` phone only. Deny and reads never come here.
fn state_of(tx: &Tx<'_>, aid: &Aid) -> Result<String, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT state FROM phone WHERE aid=?1")?;
    Ok(query
        .query_row([aid.as_bytes()], |row| row.get(0))
        .optional()?
        .unwrap_or_else(|| "revoked".to_owned()))
}

/// A: reserves one online try in its own transaction, before any factor is verified.
pub fn reserve_online(
    tx: &Tx<'_>,
    aid: &Aid,
    ticket: &Ticket,
    now: Time,
    limits: &Limits,
) -> Result<Reservation, StoreFault> {
    let state = state_of(tx, aid)?;
    let Some(counted) = owned(tx, ticket)? else { return Ok(Reservation::Lost) };
    if counted {
        // This evaluation took over after a crash: the try is counted already.
        return Ok(refusal(&state).unwrap_or(Reservation::Reserved));
    }
    let reserved = tx.run(
        "UPDATE phone SET pin_fail = pin_fail + 1
          WHERE aid=?1 AND state='active' AND pin_fail < ?2 AND coalesce(wait_until,0) <= ?3
            AND (SELECT count(*) FROM fail WHERE aid=?1 AND path='online' AND at > ?3 - ?4) < ?5",
        params![aid.as_bytes(), limits.pin_max, secs(now), limits.window_secs, limits.window_fails],
    )?;
    if reserved == 0 {
        let wait = wait_left(tx, "wait_until", aid, now)?;
        return Ok(refusal(&state).unwrap_or(Reservation::Wait(wait)));
    }
    let counted = tx.run(
        "UPDATE attempt SET counted=1 WHERE id=?1 AND owner=?2 AND state='reserved'",
        params![ticket.id, ticket.owner],
    )?;
    if counted != 1 {
        return Err(StoreFault::NotCommitted);
    }
    tx.run(
        "INSERT INTO fail (id, aid, path, at, run) SELECT ?1, aid, 'online', ?3, run FROM phone WHERE aid=?2",
        params![ticket.id, aid.as_bytes(), secs(now)],
    )?;
    Ok(Reservation::Reserved)
}

fn owned(tx: &Tx<'_>, ticket: &Ticket) -> Result<Option<bool>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT counted FROM attempt WHERE jkt=?1 AND jti=?2 AND owner=?3 AND state='reserved'",
    )?;
    let counted = query
        .query_row(params![ticket.jkt.as_bytes(), ticket.jti.as_bytes(), ticket.owner], |row| row.get(0));
    Ok(counted.optional()?)
}

fn refusal(state: &str) -> Option<Reservation> {
    match state {
        "active" => None,
        "locked" => Some(Reservation::Locked),
        _ => Some(Reservation::Revoked),
    }
}

/// Seconds until a path opens again; at least 1, because the caller was just refused.
fn wait_left(tx: &Tx<'_>, column: &'static str, aid: &Aid, now: Time) -> Result<u64, StoreFault> {
    let mut query = tx.0.prepare_cached(&format!("SELECT coalesce({column},0) FROM phone WHERE aid=?1"))?;
    let until: i64 = query.query_row([aid.as_bytes()], |row| row.get(0)).optional()?.unwrap_or(0);
    Ok(time(until).since(now).max(1))
}

/// C, "succeeds": the counter goes to zero, its own row goes, a good PIN also opens the offline path
/// again and lets biometrics stand for it anew.
pub fn succeed_online(tx: &Tx<'_>, aid: &Aid, id: &[u8; 16], now: Time) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE phone SET pin_fail=0, wait_until=NULL, run=run+1, off_fail=0, off_wait_until=NULL, off_run=off_run+1,
                bio_fail=0, bio_uses=0, pin_at=?2 WHERE aid=?1",
        params![aid.as_bytes(), secs(now)],
    )?;
    forget(tx, id)
}

/// C, "no effect": the try is given back, unless a reset happened since (`run`): then it was another's.
pub fn release_online(tx: &Tx<'_>, aid: &Aid, id: &[u8; 16]) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE phone SET pin_fail=pin_fail-1 WHERE aid=?1 AND pin_fail>0 AND run=(SELECT run FROM fail WHERE id=?2)",
        params![aid.as_bytes(), id],
    )?;
    forget(tx, id)
}

/// When this phone was unlocked last.
pub fn unlocked_at(tx: &Tx<'_>, aid: &Aid) -> Result<Option<Time>, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT unlocked_at FROM phone WHERE aid=?1")?;
    let at: Option<i64> = query.query_row([aid.as_bytes()], |row| row.get(0)).optional()?.flatten();
    Ok(at.map(time))
}

/// Frees a locked phone: its online counter, wait and window start anew, nothing of the offline path (3.9.1). `false`
/// if it is not locked, was locked by the operator or because its account is being closed, or was unlocked within `interval` seconds.
pub fn unlock(tx: &Tx<'_>, aid: &Aid, now: Time, interval: u64) -> Result<bool, StoreFault> {
    let unlocked = tx.run(
        "UPDATE phone SET state='active', why=NULL, why_at=NULL, pin_fail=0, wait_until=NULL, run=run+1,
                          unlocked_at=?2
          WHERE aid=?1 AND state='locked' AND coalesce(why, '') NOT IN ('operator', 'closing') AND coalesce(unlocked_at, 0) <= ?3",
        params![aid.as_bytes(), secs(now), secs(now.minus(interval))],
    )?;
    if unlocked == 1 {
        tx.run("DELETE FROM fail WHERE aid=?1 AND path='online'", [aid.as_bytes()])?;
    }
    Ok(unlocked == 1)
}

fn forget(tx: &Tx<'_>, id: &[u8; 16]) -> Result<(), StoreFault> {
    tx.run("DELETE FROM fail WHERE id=?1", [id])?;
    Ok(())
}

/// What a wrong PIN led to.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure {
    /// Tries left before the lock.
    pub left: u32,
    /// Seconds to wait before the next try, 0 if none.
    pub wait: u64,
    /// Whether this failure locked the phone (or closed the offline path).
    pub locked_now: bool,
    /// Whether the path is shut after it.
    pub shut: bool,
}

/// C, "bad": wait by the value of the counter; the fifth in a row or the 25th in the window locks.
pub fn fail_online(tx: &Tx<'_>, aid: &Aid, now: Time, limits: &Limits) -> Result<Failure, StoreFault> {
    let (failed, window) = counts(tx, aid, Path::Online, now, limits)?;
    let wait = wait_after(failed, limits);
    if wait > 0 {
        tx.run("UPDATE phone SET wait_until=?2 WHERE aid=?1", params![aid.as_bytes(), secs(now.plus(wait))])?;
    }
    let shut = failed >= limits.pin_max || window >= limits.window_fails;
    let mut locked_now = false;
    if shut {
        let changed = tx.run(
            "UPDATE phone SET state='locked', why='attempts', why_at=?2 WHERE aid=?1 AND state='active'",
            params![aid.as_bytes(), secs(now)],
        )?;
        locked_now = changed == 1;
    }
    Ok(Failure { left: limits.pin_max.saturating_sub(failed), wait, locked_now, shut })
}

/// Which of the two budgets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Path {
    /// PINs sent online.
    Online,
    /// Offline codes.
    Offline,
}

impl Path {
    /// Its word in `fail`, and its column in `phone`.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Online => ("online", "pin_fail"),
            Self::Offline => ("offline", "off_fail"),
        }
    }
}

fn counts(tx: &Tx<'_>, aid: &Aid, path: Path, now: Time, limits: &Limits) -> Result<(u32, u32), StoreFault> {
    let (path, column) = path.names();
    let mut query = tx.0.prepare_cached(&format!(
        "SELECT {column}, (SELECT count(*) FROM fail WHERE aid=?1 AND path=?2 AND at > ?3 - ?4) FROM phone WHERE aid=?1"
    ))?;
    let params = params![aid.as_bytes(), path, secs(now), limits.window_secs];
    Ok(query.query_row(params, |row| Ok((row.get(0)?, row.get(1)?)))?)
}

fn wait_after(failed: u32, limits: &Limits) -> u64 {
    match failed {
        3 => limits.wait_third,
        4 => limits.wait_fourth,
        _ => 0,
    }
}

/// A for an offline code: no attempt row, an id made by the server; a crash leaves the try counted.
pub fn reserve_offline(
    tx: &Tx<'_>,
    aid: &Aid,
    id: &[u8; 16],
    now: Time,
    limits: &Limits,
) -> Result<Reservation, StoreFault> {
    let state = state_of(tx, aid)?;
    let reserved = tx.run(
        "UPDATE phone SET off_fail = off_fail + 1
          WHERE aid=?1 AND state='active' AND off_fail < ?2 AND coalesce(off_wait_until,0) <= ?3
            AND (SELECT count(*) FROM fail WHERE aid=?1 AND path='offline' AND at > ?3 - ?4) < ?5",
        params![aid.as_bytes(), limits.off_max, secs(now), limits.window_secs, limits.window_fails],
    )?;
    if reserved == 0 {
        let wait = wait_left(tx, "off_wait_until", aid, now)?;
        return Ok(refusal(&state).unwrap_or(Reservation::Wait(wait)));
    }
    tx.run(
        "INSERT INTO fail (id, aid, path, at, run) SELECT ?1, aid, 'offline', ?3, off_run FROM phone WHERE aid=?2",
        params![id, aid.as_bytes(), secs(now)],
    )?;
    Ok(Reservation::Reserved)
}

/// A right offline code: its counter goes to zero. It never touches the online counter (A10).
pub fn succeed_offline(tx: &Tx<'_>, aid: &Aid, id: &[u8; 16]) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE phone SET off_fail=0, off_wait_until=NULL, off_run=off_run+1 WHERE aid=?1",
        [aid.as_bytes()],
    )?;
    forget(tx, id)
}

/// A right code for a sign-in that is gone: the try is given back.
pub fn release_offline(tx: &Tx<'_>, aid: &Aid, id: &[u8; 16]) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE phone SET off_fail=off_fail-1
          WHERE aid=?1 AND off_fail>0 AND off_run=(SELECT run FROM fail WHERE id=?2)",
        params![aid.as_bytes(), id],
    )?;
    forget(tx, id)
}

/// A wrong offline code: waits as online; it can close only the offline path (T19).
pub fn fail_offline(tx: &Tx<'_>, aid: &Aid, now: Time, limits: &Limits) -> Result<Failure, StoreFault> {
    let (failed, window) = counts(tx, aid, Path::Offline, now, limits)?;
    let wait = wait_after(failed, limits);
    if wait > 0 {
        tx.run(
            "UPDATE phone SET off_wait_until=?2 WHERE aid=?1",
            params![aid.as_bytes(), secs(now.plus(wait))],
        )?;
    }
    let shut = failed >= limits.off_max || window >= limits.window_fails;
    Ok(Failure { left: limits.off_max.saturating_sub(failed), wait, locked_now: shut, shut })
}

/// Whether the offline path of a phone is closed: a predicate, not an event.
pub fn is_offline_closed(tx: &Tx<'_>, aid: &Aid, now: Time, limits: &Limits) -> Result<bool, StoreFault> {
    let (failed, window) = counts(tx, aid, Path::Offline, now, limits)?;
    Ok(failed >= limits.off_max || window >= limits.window_fails)
}

/// Failures in the window of a path, for the lab.
pub fn window_failures(
    tx: &Tx<'_>,
    aid: &Aid,
    path: Path,
    now: Time,
    limits: &Limits,
) -> Result<u32, StoreFault> {
    counts(tx, aid, path, now, limits).map(|(_, window)| window)
}

#[cfg(test)]
#[path = "accounting_model_tests.rs"]
mod model_tests;
