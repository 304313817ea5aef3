//! The signed request of each phone (3.4.3): made once, given out with the same bytes.

use super::account::secs;
use super::{StoreFault, Tx, time};
use countersign_protocol::id::{Aid, Nonce, Tid};
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, params};

/// One request.
#[derive(Clone)]
pub struct StoredRequest {
    /// The sign-in.
    pub tid: Tid,
    /// The phone.
    pub aid: Aid,
    /// Its nonce.
    pub nonce: Nonce,
    /// The compact JWS.
    pub jws: String,
    /// Its end.
    pub exp: Time,
    /// The receipt, once this phone decided.
    pub receipt: Option<String>,
}

/// Stores a request.
pub fn insert(tx: &Tx<'_>, request: &StoredRequest) -> Result<(), StoreFault> {
    tx.run(
        "INSERT INTO request (tid, aid, nonce, jws, exp) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            request.tid.as_bytes(),
            request.aid.as_bytes(),
            request.nonce.as_bytes(),
            request.jws,
            secs(request.exp)
        ],
    )?;
    Ok(())
}

/// The request of a sign-in for a phone.
pub fn find(tx: &Tx<'_>, tid: &Tid, aid: &Aid) -> Result<Option<StoredRequest>, StoreFault> {
    let mut query =
        tx.0.prepare_cached("SELECT nonce, jws, exp, receipt FROM request WHERE tid=?1 AND aid=?2")?;
    let found = query.query_row(params![tid.as_bytes(), aid.as_bytes()], |row| {
        Ok(StoredRequest {
            tid: *tid,
            aid: *aid,
            nonce: Nonce::from_bytes(row.get(0)?),
            jws: row.get(1)?,
            exp: time(row.get(2)?),
            receipt: row.get(3)?,
        })
    });
    Ok(found.optional()?)
}

/// Keeps the receipt of the phone that decided.
pub fn set_receipt(tx: &Tx<'_>, tid: &Tid, aid: &Aid, receipt: &str) -> Result<(), StoreFault> {
    tx.run(
        "UPDATE request SET receipt=?3 WHERE tid=?1 AND aid=?2",
        params![tid.as_bytes(), aid.as_bytes(), receipt],
    )?;
    Ok(())
}

/// Pending push requests of a phone, newest first.
pub fn pending(tx: &Tx<'_>, aid: &Aid, now: Time, most: u32) -> Result<Vec<String>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT r.jws FROM request r JOIN sign_in s ON s.tid = r.tid
          WHERE r.aid=?1 AND r.exp > ?2 AND s.method='push' AND s.state='pending'
          ORDER BY s.created DESC, s.rowid DESC LIMIT ?3",
    )?;
    let rows = query.query_map(params![aid.as_bytes(), secs(now), most], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
