//! The server's database from outside, for the cases that need a hand in it (marked S in section 4).

use crate::phone::Phone;
use crate::server::Server;
use countersign_protocol::encoding::array_from_b64u;
use rusqlite::types::Value;
use rusqlite::{Connection, Params, Row};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Opens the database of a server, running or not.
pub fn open(server: &Server) -> Connection {
    let connection = Connection::open(server.data().join("countersign.db")).expect("database");
    connection.busy_timeout(std::time::Duration::from_secs(5)).expect("timeout");
    connection
}

/// Changes exactly one row.
#[track_caller]
pub fn change_one(server: &Server, sql: &str, params: impl Params) {
    assert_eq!(open(server).execute(sql, params).expect("SQL"), 1, "{sql}");
}

/// Everything that stands in the data folder outside its keys: database, write-ahead log, audit.
pub fn files(server: &Server) -> Vec<(PathBuf, Vec<u8>)> {
    let entries =
        std::fs::read_dir(server.data()).expect("data folder").map(|entry| entry.expect("entry").path());
    entries
        .filter(|path| path.is_file())
        .map(|path| (path.clone(), std::fs::read(path).expect("file")))
        .collect()
}

/// Every row of the tables that `counts` names with `true`, as text: to see that something changed none of them.
pub fn rows(server: &Server, counts: impl Fn(&str) -> bool) -> BTreeMap<String, Vec<String>> {
    let connection = open(server);
    let mut names = connection
        .prepare("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'")
        .expect("SQL");
    let names = names.query_map([], |row| row.get::<_, String>(0)).expect("tables");
    let names: Vec<String> = names.map(|name| name.expect("a name")).filter(|name| counts(name)).collect();
    names.into_iter().map(|name| (name.clone(), rows_of(&connection, &name))).collect()
}

fn rows_of(connection: &Connection, table: &str) -> Vec<String> {
    let mut query = connection.prepare(&format!("SELECT * FROM {table}")).expect("SQL");
    let columns = query.column_count();
    let text = |row: &Row<'_>| -> rusqlite::Result<String> {
        let values = (0..columns).map(|at| row.get::<_, Value>(at)).collect::<Result<Vec<_>, _>>()?;
        Ok(format!("{values:?}"))
    };
    query.query_map([], text).expect("rows").map(|row| row.expect("a row")).collect()
}

/// What an operator's revocation or lock leaves in a phone's row.
#[track_caller]
pub fn stop_phone(server: &Server, phone: &Phone, state: &str) {
    let sql = "UPDATE phone SET state=?2, why='operator', why_at=?3 WHERE aid=?1";
    let now = i64::try_from(server.lab().now()).expect("a time");
    change_one(server, sql, rusqlite::params![id_bytes(&phone.aid), state, now]);
}

/// The raw bytes of a 16-byte identifier.
pub fn id_bytes(id: &str) -> [u8; 16] {
    array_from_b64u(id).expect("an identifier")
}
