//! The database's version: made whole when it is new, brought up step by step when it is old, refused when it is from
//! a newer server. Each step is one transaction.

use super::StoreFault;
use rusqlite::Connection;

/// What a new database is made from: the newest version.
const SCHEMA: &str = concat!(
    include_str!("schema/accounts.sql"),
    include_str!("schema/services.sql"),
    include_str!("schema/phones.sql"),
    include_str!("schema/sign_ins.sql"),
    include_str!("schema/web.sql"),
    include_str!("schema/mail.sql"),
    include_str!("schema/operation.sql"),
);
/// What leads from each version to the next; the first leads from 1 to 2.
const STEPS: [&str; 3] =
    [include_str!("version_2.sql"), include_str!("version_3.sql"), include_str!("version_4.sql")];

/// Makes or updates the tables.
pub fn run(connection: &Connection) -> Result<(), StoreFault> {
    let newest = STEPS.len() + 1;
    let version: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let version = usize::try_from(version).map_err(|_| StoreFault::Newer)?;
    if version > newest {
        return Err(StoreFault::Newer);
    }
    if version == 0 {
        return step(connection, SCHEMA, newest);
    }
    for (place, sql) in STEPS.iter().enumerate().skip(version - 1) {
        step(connection, sql, place + 2)?;
    }
    Ok(())
}

fn step(connection: &Connection, sql: &str, version: usize) -> Result<(), StoreFault> {
    let done =
        connection.execute_batch(&format!("BEGIN IMMEDIATE; {sql} PRAGMA user_version={version}; COMMIT;"));
    if done.is_err() && !connection.is_autocommit() {
        connection.execute_batch("ROLLBACK")?;
    }
    Ok(done?)
}
