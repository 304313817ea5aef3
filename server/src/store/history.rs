//! What an account's owner can look up about sign-ins for months: when, where, by which key, and what it came to. The
//! sign-in's own row, with all that proves it, is gone after a day.

use super::{StoreFault, Tx};
use countersign_protocol::id::Tid;
use rusqlite::OptionalExtension;

/// Notes what a sign-in is by now; called by whatever changes its state. One that no account was ever named for, or that
/// is a proof for something else, is nobody's to look up.
pub fn note(tx: &Tx<'_>, tid: &Tid) -> Result<(), StoreFault> {
    tx.run(
        "INSERT INTO history (tid, account, service, key, place, agent, at, result, factor, ended)
         SELECT tid, account, service, CASE method WHEN 'push' THEN 'number' WHEN 'link' THEN 'here' ELSE method END,
                json_extract(ctx, '$.geo'), json_extract(ctx, '$.agent'), coalesce(decided_at, created), state,
                (SELECT factor FROM evidence WHERE evidence.tid = sign_in.tid), ended
           FROM sign_in WHERE tid=?1 AND account IS NOT NULL AND act IS NULL
         ON CONFLICT (tid) DO UPDATE SET at=excluded.at, result=excluded.result, ended=excluded.ended,
                factor=coalesce(excluded.factor, factor)",
        [tid.as_bytes()],
    )?;
    Ok(())
}

/// The key of an account's latest sign-in that went through.
pub fn last_key(tx: &Tx<'_>, account: &str) -> Result<Option<String>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT key FROM history WHERE account=?1 AND result='completed' ORDER BY at DESC LIMIT 1",
    )?;
    Ok(query.query_row([account], |row| row.get(0)).optional()?)
}
