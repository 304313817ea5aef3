//! Whether a sign-in costs more in a large database: the same sign-ins among a hundred and among many thousand accounts.
//!
//! The many are rows put there by SQL while the server is down, one phone and a little history each; they are never
//! used, and so need no keys that fit.

use crate::http::Connection;
use crate::phone::{Outcome, Phone};
use crate::report::{count, line, ms};
use crate::server::Server;
use rusqlite::{Connection as Database, params};
use std::path::Path;

const PHONES: usize = 50;
const SIGN_INS: usize = 400;
const SIZES: [u32; 4] = [100, 1_000, 10_000, 100_000];

/// Prints server CPU per sign-in for each size, and the ratio of the last to the first.
pub fn measure(binary: &Path) -> Outcome<()> {
    let mut first = None;
    for size in SIZES {
        let cost = at(binary, size)?;
        line(&format!("server CPU per push sign-in among {size} accounts"), cost, "ms", None);
        let base = *first.get_or_insert(cost);
        if size == SIZES[SIZES.len() - 1] {
            line("  the same, last to first", cost / base, "", Some(1.3));
        }
    }
    Ok(())
}

fn at(binary: &Path, size: u32) -> Outcome<f64> {
    let data = tempfile::tempdir()?;
    drop(Server::start(binary, data.path())?);
    fill(&data.path().join("countersign.db"), size)?;
    let server = Server::start(binary, data.path())?;
    let mut net = Connection::open(&server.base)?;
    let phones: Outcome<Vec<Phone>> =
        (0..PHONES).map(|number| Phone::pair(&mut net, &server.secret, number)).collect();
    let phones = phones?;
    for phone in &phones {
        phone.sign_in(&mut net)?;
    }
    let before = server.cpu()?;
    for phone in phones.iter().cycle().take(SIGN_INS) {
        phone.sign_in(&mut net)?;
    }
    Ok(ms(server.cpu()? - before) / count(SIGN_INS))
}

/// Accounts with one phone, five finished sign-ins and their evidence each, as a year of use leaves them.
fn fill(path: &Path, size: u32) -> Outcome<()> {
    let mut database = Database::open(path)?;
    let transaction = database.transaction()?;
    for sql in FILLERS {
        transaction.execute(sql, params![size])?;
    }
    transaction.commit()?;
    database.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); ANALYZE;")?;
    Ok(())
}

const FILLERS: [&str; 4] = [
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
     INSERT INTO account(id, email, created) SELECT 'filler-' || i, 'filler-' || i || '@example.eu', 0 FROM n",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
     INSERT INTO phone(aid, ref, account, state, jkt, pk_dev, fid, pin_keys, level, row_tag, name, os, app, created)
     SELECT randomblob(16), randomblob(8), 'filler-' || i, 'active', randomblob(32), randomblob(65),
            randomblob(16), randomblob(200), 0, randomblob(32), 'Filler', 'Linux', '1.0.0', 0 FROM n",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5 * ?1)
     INSERT INTO sign_in(tid, service, account, account_given, method, kind, state, created, exp, ctx, rows, factors)
     SELECT randomblob(16), 'filler', 'filler-' || (i % ?1 + 1), 1, 'push', 'login', 'completed', 0, 180, '{}', '[]',
            '[\"pin\"]' FROM n",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5 * ?1)
     INSERT INTO evidence(tid, aid, jkt, at, ev, pk_dev, request, payload, protected, signature)
     SELECT randomblob(16), randomblob(16), randomblob(32), 0, randomblob(32), randomblob(65),
            hex(randomblob(350)), hex(randomblob(200)), hex(randomblob(60)), hex(randomblob(43)) FROM n",
];
