//! Records of the log that somebody looks for. What they say is JSON, so every look goes through all of them, from its place
//! on: a look by an operator, beside everything else.

use super::Record;
use crate::store::account::secs;
use crate::store::{StoreFault, Tx};
use countersign_protocol::time::Time;
use rusqlite::{Row, named_params};

/// What they have to be; a member that is nothing takes all.
#[derive(Clone, Default)]
pub struct Wanted {
    /// How their name begins.
    pub kind: Option<String>,
    /// The account that they are about.
    pub account: Option<String>,
    /// The service.
    pub service: Option<String>,
    /// Who did it: an account, or `operator` for the command line.
    pub by: Option<String>,
    /// Not before this.
    pub from: Option<Time>,
    /// Before this.
    pub until: Option<Time>,
}

/// A record that somebody spoilt is found by nothing, and spoils no look for others.
const WHICH: &str = "SELECT seq, record, chain
   FROM (SELECT seq, record, chain, iif(json_valid(record), record, '{}') AS whole FROM audit)
  WHERE (:kind IS NULL OR substr(json_extract(whole, '$.what'), 1, length(:kind)) = :kind)
    AND (:account IS NULL OR json_extract(whole, '$.about.account') = :account)
    AND (:service IS NULL OR json_extract(whole, '$.about.service') = :service)
    AND (:by IS NULL OR json_extract(whole, '$.about.by') = :by)
    AND (:from IS NULL OR json_extract(whole, '$.at') >= :from)
    AND (:until IS NULL OR json_extract(whole, '$.at') < :until)";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Record> {
    Ok(Record { seq: row.get(0)?, record: row.get(1)?, chain: row.get(2)? })
}

fn run(
    tx: &Tx<'_>,
    sql: &str,
    wanted: &Wanted,
    (place, end, most): (i64, i64, u32),
) -> Result<Vec<Record>, StoreFault> {
    let mut query = tx.0.prepare_cached(sql)?;
    let rows = query.query_map(
        named_params! {
            ":kind": wanted.kind, ":account": wanted.account, ":service": wanted.service, ":by": wanted.by,
            ":from": wanted.from.map(secs), ":until": wanted.until.map(secs),
            ":place": place, ":end": end, ":most": most,
        },
        from_row,
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Those before a place, the newest first, at most `most`.
pub fn before(tx: &Tx<'_>, wanted: &Wanted, place: i64, most: u32) -> Result<Vec<Record>, StoreFault> {
    let sql = format!("{WHICH} AND seq < :place AND seq >= :end ORDER BY seq DESC LIMIT :most");
    run(tx, &sql, wanted, (place, 0, most))
}

/// Those after a place and not after another, oldest first, at most `most`.
pub fn between(
    tx: &Tx<'_>,
    wanted: &Wanted,
    (after, last): (i64, i64),
    most: u32,
) -> Result<Vec<Record>, StoreFault> {
    let sql = format!("{WHICH} AND seq > :place AND seq <= :end ORDER BY seq LIMIT :most");
    run(tx, &sql, wanted, (after, last, most))
}
