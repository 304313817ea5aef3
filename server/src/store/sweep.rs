//! Removes what has had its time, so that the database does not grow with idle time, and judges what crashed.

use super::account::secs;
use super::session::{self, Ending};
use super::{StoreFault, Tx, accounting, guess};
use crate::policy::{Limits, Policy};
use countersign_protocol::id::Aid;
use countersign_protocol::time::Time;
use rusqlite::params;

/// Seconds that ended sign-ins stay readable for their service.
const KEEP_SIGN_IN: u64 = 86_400;
/// Seconds that events are kept (3.11).
const KEEP_EVENT: u64 = 48 * 3600;
/// Seconds that a letter is kept, or that it was sent.
const KEEP_MAIL: u64 = 30 * 86_400;
/// Seconds after which a phone that never became active goes (3.3).
const KEEP_ENROLLING: u64 = 900;

/// What a sweep brought about.
pub struct Swept {
    /// Phones that a crashed try locked.
    pub locked: Vec<Aid>,
    /// Services that have something in their events now.
    pub told: Ending,
}

/// One sweep. Cheap when there is nothing to do: what can be large is looked up by an index, and only tables that
/// stay small are read whole.
pub fn run(tx: &Tx<'_>, now: Time, policy: &Policy) -> Result<Swept, StoreFault> {
    let limits = &policy.limits;
    let locked = judge_crashed(tx, now, limits)?;
    let day_ago = secs(now.minus(KEEP_SIGN_IN));
    tx.run("DELETE FROM attempt WHERE keep_until <= ?1", [secs(now)])?;
    tx.run("DELETE FROM fail WHERE at <= ?1 - ?2", params![secs(now), limits.window_secs])?;
    tx.run(
        "UPDATE enrolment SET es=NULL, cc=NULL, rc=NULL, lookup=NULL, box=NULL
          WHERE exp <= ?1 AND (es IS NOT NULL OR cc IS NOT NULL)",
        [secs(now)],
    )?;
    tx.run("DELETE FROM phone WHERE state='enrolling' AND created <= ?1", [secs(now.minus(KEEP_ENROLLING))])?;
    tx.run("DELETE FROM enrolment WHERE exp <= ?1", [day_ago])?;
    tx.run("DELETE FROM ticket WHERE exp <= ?1", [secs(now)])?;
    tx.run(
        "DELETE FROM scan WHERE NOT EXISTS (SELECT 1 FROM sign_in WHERE sign_in.tid = scan.tid AND exp > ?1)",
        [secs(now)],
    )?;
    tx.run(
        "UPDATE sign_in SET num=NULL, h=NULL WHERE exp <= ?1 AND (num IS NOT NULL OR h IS NOT NULL)",
        [secs(now)],
    )?;
    tx.run("DELETE FROM request WHERE tid IN (SELECT tid FROM sign_in WHERE created <= ?1)", [day_ago])?;
    tx.run("DELETE FROM sign_in WHERE created <= ?1", [day_ago])?;
    tx.run("DELETE FROM event WHERE at <= ?1", [secs(now.minus(KEEP_EVENT))])?;
    tx.run("DELETE FROM wake WHERE at <= ?1", [day_ago])?;
    tx.run("DELETE FROM recovery_fail WHERE at <= ?1", [day_ago])?;
    tx.run("DELETE FROM repeat WHERE exp <= ?1", [secs(now)])?;
    let told = pages(tx, now, policy)?;
    Ok(Swept { locked, told })
}

/// What the server's own pages hold.
fn pages(tx: &Tx<'_>, now: Time, policy: &Policy) -> Result<Ending, StoreFault> {
    let day_ago = secs(now.minus(KEEP_SIGN_IN));
    let told = session::end_over(tx, now, policy.session_idle)?;
    tx.run("DELETE FROM session WHERE ended <= ?1", [day_ago])?;
    tx.run(
        "DELETE FROM visit WHERE NOT EXISTS (SELECT 1 FROM session WHERE session.id = visit.session)",
        [],
    )?;
    tx.run("DELETE FROM browser WHERE seen <= ?1", [day_ago])?;
    tx.run("DELETE FROM recognised WHERE at <= ?1", [secs(now.minus(policy.recognised_for()))])?;
    for table in ["signup", "link", "arrival", "ticket_out"] {
        tx.run(&format!("DELETE FROM {table} WHERE exp <= ?1"), [secs(now)])?;
    }
    tx.run(
        "DELETE FROM guess WHERE at <= ?1 OR (at <= ?2 AND kind <> 'password')",
        params![secs(now.minus(guess::SHUT)), day_ago],
    )?;
    let looked_up = secs(now.minus(policy.looked_up_for()));
    tx.run("DELETE FROM history WHERE at <= ?1", [looked_up])?;
    tx.run("DELETE FROM report WHERE at <= ?1", [looked_up])?;
    tx.run("DELETE FROM mail WHERE at <= ?1", [secs(now.minus(KEEP_MAIL))])?;
    Ok(told)
}

/// A row that is purged while reserved and counted is a wrong PIN: a crash must not be a free guess (3.0.5).
fn judge_crashed(tx: &Tx<'_>, now: Time, limits: &Limits) -> Result<Vec<Aid>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT aid FROM attempt WHERE keep_until <= ?1 AND state='reserved' AND counted=1 AND aid IS NOT NULL",
    )?;
    let phones = query.query_map([secs(now)], |row| row.get(0).map(Aid::from_bytes))?;
    let mut locked = Vec::new();
    for aid in phones.collect::<Result<Vec<_>, _>>()? {
        if accounting::fail_online(tx, &aid, now, limits)?.locked_now {
            locked.push(aid);
        }
    }
    Ok(locked)
}
