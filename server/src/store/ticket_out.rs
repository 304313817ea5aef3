//! Tickets that services exchange for who came, once (3.11). The database holds hashes only.

use super::account::secs;
use super::{StoreFault, Tx, time};
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, params};

/// Notes a ticket of a session for a service, and that the session was used for it.
pub fn insert(
    tx: &Tx<'_>,
    hash: &[u8; 32],
    (service, session): (&str, &[u8; 16]),
    (now, exp): (Time, Time),
) -> Result<(), StoreFault> {
    tx.run(
        "INSERT INTO ticket_out (hash, service, session, exp) VALUES (?1, ?2, ?3, ?4)",
        params![&hash[..], service, &session[..], secs(exp)],
    )?;
    tx.run(
        "INSERT INTO visit (session, service, at, tid) SELECT id, ?2, ?3, tid FROM session WHERE id=?1
         ON CONFLICT (session, service) DO UPDATE SET at=?3, ended=NULL, tid=excluded.tid",
        params![&session[..], service, secs(now)],
    )?;
    Ok(())
}

/// What became of a ticket that somebody brings.
pub enum Taken {
    /// It is good, and was taken now: of this session.
    Good([u8; 16]),
    /// It was taken before: of this session.
    Again([u8; 16]),
    /// It is another service's.
    Others,
    /// There is none, or its time is over.
    No,
}

/// A service brings a ticket.
pub fn take(tx: &Tx<'_>, hash: &[u8; 32], service: &str, now: Time) -> Result<Taken, StoreFault> {
    let mut query =
        tx.0.prepare_cached("SELECT service, session, exp, used FROM ticket_out WHERE hash=?1")?;
    let found = query.query_row([&hash[..]], |row| {
        let used: Option<i64> = row.get(3)?;
        Ok((row.get::<_, String>(0)?, row.get::<_, [u8; 16]>(1)?, time(row.get(2)?), used.is_some()))
    });
    Ok(match found.optional()? {
        Some((own, ..)) if own != service => Taken::Others,
        Some((_, session, _, true)) => Taken::Again(session),
        Some((_, session, exp, false)) if now < exp => {
            tx.run("UPDATE ticket_out SET used=?2 WHERE hash=?1", params![&hash[..], secs(now)])?;
            Taken::Good(session)
        }
        Some(_) | None => Taken::No,
    })
}
