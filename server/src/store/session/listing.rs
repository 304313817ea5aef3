//! The sessions of an account, as its owner sees them.

use super::{LIVES, column};
use crate::store::account::secs;
use crate::store::{StoreFault, Tx, time};
use countersign_protocol::time::Time;
use rusqlite::params;

/// A session that goes on.
pub struct Listed {
    /// Its id, which is no secret.
    pub id: [u8; 16],
    /// The browser, in words.
    pub agent: Option<String>,
    /// By which key: `number`, `qr`, `here`, `offline` or `password`.
    pub key: String,
    /// When it began.
    pub began: Time,
    /// When it was last in use.
    pub seen: Time,
    /// Names of the services to which somebody went on by it, the first one first.
    pub services: Vec<String>,
}

/// All of an account in which somebody is signed in, the one in use last first.
pub fn all_of(tx: &Tx<'_>, account: &str, now: Time, idle: u64) -> Result<Vec<Listed>, StoreFault> {
    let mut query = tx.0.prepare_cached(&format!(
        "SELECT id, agent, key, began, seen FROM session
          WHERE account=?3 AND ended IS NULL AND acr<>'' AND {LIVES} ORDER BY seen DESC, began DESC"
    ))?;
    let rows = query.query_map(params![secs(now), column(idle), account], |row| {
        let (began, seen) = (time(row.get(3)?), time(row.get(4)?));
        let services = Vec::new();
        Ok(Listed { id: row.get(0)?, agent: row.get(1)?, key: row.get(2)?, began, seen, services })
    })?;
    let mut listed = rows.collect::<Result<Vec<_>, _>>()?;
    for session in &mut listed {
        session.services = services_of(tx, &session.id)?;
    }
    Ok(listed)
}

fn services_of(tx: &Tx<'_>, session: &[u8; 16]) -> Result<Vec<String>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT service.name FROM visit JOIN service ON service.id = visit.service
          WHERE visit.session=?1 AND visit.ended IS NULL ORDER BY visit.at",
    )?;
    let names = query.query_map([&session[..]], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}
