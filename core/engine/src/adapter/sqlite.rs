//! The vault file: SQLite, one file, every change one transaction (protocol 2.4).
//!
//! It stores what it is given and opens no seal. What is deleted is overwritten (`secure_delete`), and there is no
//! write-ahead log that would keep old pages.

use crate::port::{Change, Row, RowKey, Store, StoreFault, Table};
use countersign_failpoint as failpoint;
use rusqlite::{Connection, ErrorCode, OptionalExtension, params};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Version of the tables; also authenticated with every row.
pub const SCHEMA_VERSION: u32 = 1;

/// How long another process may hold the file.
const BUSY: Duration = Duration::from_secs(5);

const PRAGMAS: &str = "
    PRAGMA journal_mode = TRUNCATE;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA temp_store = MEMORY;
    PRAGMA cell_size_check = ON;
";

/// A vault in a SQLite file.
pub struct SqliteStore {
    connection: Mutex<Connection>,
}

impl SqliteStore {
    /// Opens the vault file, or makes one. Its folder must exist.
    pub fn open(path: &Path) -> Result<Self, StoreFault> {
        let connection = Connection::open(path).map_err(|error| fault(&error))?;
        connection.busy_timeout(BUSY).map_err(|error| fault(&error))?;
        connection.execute_batch(PRAGMAS).map_err(|error| fault(&error))?;
        prepare(&connection)?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    fn with<T>(&self, work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>) -> Result<T, StoreFault> {
        // A panic elsewhere leaves the connection usable: an open transaction is rolled back when it is dropped.
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        work(&mut connection).map_err(|error| fault(&error))
    }
}

impl Store for SqliteStore {
    fn meta(&self, name: &str) -> Result<Option<Vec<u8>>, StoreFault> {
        self.with(|connection| {
            connection
                .query_row("SELECT value FROM meta WHERE name = ?1", [name], |row| row.get(0))
                .optional()
        })
    }

    fn rows(&self, table: Table) -> Result<Vec<Row>, StoreFault> {
        self.with(|connection| {
            let sql = format!("SELECT {COLUMNS} FROM {} ORDER BY id", table.as_str());
            let mut statement = connection.prepare_cached(&sql)?;
            let rows = statement.query_map([], read)?;
            rows.collect()
        })
    }

    fn find(&self, table: Table, bidx: &[u8; 16]) -> Result<Option<Row>, StoreFault> {
        self.with(|connection| {
            let sql = format!("SELECT {COLUMNS} FROM {} WHERE bidx = ?1", table.as_str());
            connection.prepare_cached(&sql)?.query_row([bidx], read).optional()
        })
    }

    fn apply(&self, changes: &[Change]) -> Result<(), StoreFault> {
        self.with(|connection| {
            let transaction =
                connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            for change in changes {
                apply(&transaction, change)?;
            }
            failpoint::reached("phone/vault/before-commit");
            transaction.commit()?;
            failpoint::reached("phone/vault/after-commit");
            Ok(())
        })
    }
}

const COLUMNS: &str = "id, owner, bidx, nonce, ct";

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        id: row.get::<_, i64>(0)?.cast_unsigned(),
        owner: row.get::<_, i64>(1)?.cast_unsigned(),
        // A value of another size is damage: it becomes one that no seal fits.
        bidx: row.get(2).unwrap_or_default(),
        nonce: row.get(3).unwrap_or_default(),
        ct: row.get(4).unwrap_or_default(),
    })
}

fn apply(connection: &Connection, change: &Change) -> rusqlite::Result<()> {
    match change {
        Change::Put(table, row) => put(connection, *table, row),
        Change::Replace { table, row, was } => replace(connection, *table, row, was),
        Change::Delete(RowKey { table, id }) => {
            let sql = format!("DELETE FROM {} WHERE id = ?1", table.as_str());
            connection.execute(&sql, [id.cast_signed()]).map(drop)
        }
        Change::Erase { owner } => Table::ALL.iter().try_for_each(|table| {
            let sql = format!("DELETE FROM {} WHERE owner = ?1", table.as_str());
            connection.execute(&sql, [owner.cast_signed()]).map(drop)
        }),
        Change::Meta { name, value } => connection
            .execute("INSERT OR REPLACE INTO meta(name, value) VALUES (?1, ?2)", params![name, value])
            .map(drop),
    }
}

fn put(connection: &Connection, table: Table, row: &Row) -> rusqlite::Result<()> {
    let sql = format!(
        "INSERT INTO {0}(id, owner, bidx, nonce, ct) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT(id) DO UPDATE SET owner = ?2, bidx = ?3, nonce = ?4, ct = ?5",
        table.as_str()
    );
    let values = params![row.id.cast_signed(), row.owner.cast_signed(), row.bidx, row.nonce, row.ct];
    connection.execute(&sql, values).map(drop)
}

fn replace(connection: &Connection, table: Table, row: &Row, was: &[u8; 12]) -> rusqlite::Result<()> {
    let sql = format!(
        "UPDATE {} SET owner = ?2, bidx = ?3, nonce = ?4, ct = ?5 WHERE id = ?1 AND nonce = ?6",
        table.as_str()
    );
    let values = params![row.id.cast_signed(), row.owner.cast_signed(), row.bidx, row.nonce, row.ct, was];
    match connection.execute(&sql, values)? {
        1 => Ok(()),
        none => Err(rusqlite::Error::StatementChangedRows(none)),
    }
}

fn prepare(connection: &Connection) -> Result<(), StoreFault> {
    let version: u32 =
        connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(|error| fault(&error))?;
    match version {
        SCHEMA_VERSION => Ok(()),
        0 => connection.execute_batch(&schema()).map_err(|error| fault(&error)),
        _ => Err(StoreFault::TooNew),
    }
}

fn schema() -> String {
    let mut sql = String::from(
        "BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;",
    );
    for table in Table::ALL {
        sql.push_str(&format!(
            "CREATE TABLE IF NOT EXISTS {}(id INTEGER PRIMARY KEY, owner INTEGER NOT NULL,
               bidx BLOB NOT NULL UNIQUE, nonce BLOB NOT NULL, ct BLOB NOT NULL) STRICT;",
            table.as_str()
        ));
    }
    sql.push_str(&format!("PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"));
    sql
}

fn fault(error: &rusqlite::Error) -> StoreFault {
    if matches!(error, rusqlite::Error::StatementChangedRows(_)) {
        return StoreFault::Stale;
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreFault::Corrupt,
        _ => StoreFault::Unavailable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: u64, owner: u64, fill: u8) -> Row {
        Row { id, owner, bidx: [fill; 16], nonce: [fill; 12], ct: vec![fill; 40] }
    }

    #[test]
    fn rows_survive_reopening_and_erasing_takes_all_of_one_binding() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault.db");
        let store = SqliteStore::open(&path).unwrap();
        let (mine, other) = (row(1, 1, 0xa1), row(2, 2, 0xa2));
        store
            .apply(&[
                Change::Put(Table::Binding, mine.clone()),
                Change::Put(Table::Binding, other.clone()),
                Change::Put(Table::History, row(9, 1, 0xa9)),
                Change::Meta { name: "key", value: vec![7] },
            ])
            .unwrap();
        drop(store);
        let store = SqliteStore::open(&path).unwrap();
        assert_eq!(store.rows(Table::Binding).unwrap(), [mine, other.clone()]);
        assert_eq!(store.meta("key").unwrap(), Some(vec![7]));
        store.apply(&[Change::Erase { owner: 1 }]).unwrap();
        assert_eq!(store.rows(Table::Binding).unwrap(), [other]);
        assert!(store.rows(Table::History).unwrap().is_empty());
        drop(store);
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(40).any(|part| part == [0xa1; 40]), "what is erased is overwritten");
        assert!(bytes.windows(40).any(|part| part == [0xa2; 40]));
    }

    #[test]
    fn changes_that_do_not_all_fit_change_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("vault.db")).unwrap();
        store.apply(&[Change::Put(Table::Binding, row(1, 1, 1))]).unwrap();
        let clash = [Change::Put(Table::Binding, row(2, 2, 2)), Change::Put(Table::Binding, row(3, 3, 1))];
        assert_eq!(store.apply(&clash), Err(StoreFault::Unavailable));
        assert_eq!(store.rows(Table::Binding).unwrap(), [row(1, 1, 1)]);
    }

    #[test]
    fn a_row_is_replaced_only_while_it_is_the_one_that_was_read() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("vault.db")).unwrap();
        let other = Change::Put(Table::Binding, row(2, 2, 9));
        let replace =
            |id, fill, was| Change::Replace { table: Table::Binding, row: row(id, id, fill), was: [was; 12] };
        store.apply(&[Change::Put(Table::Binding, row(1, 1, 1))]).unwrap();
        store.apply(&[replace(1, 2, 1)]).unwrap();
        assert_eq!(store.apply(&[other.clone(), replace(1, 3, 1)]), Err(StoreFault::Stale), "written since");
        assert_eq!(store.apply(&[other, replace(7, 3, 1)]), Err(StoreFault::Stale), "deleted since");
        assert_eq!(store.rows(Table::Binding).unwrap(), [row(1, 1, 2)], "nothing else was done either");
    }

    #[test]
    fn n131_a_file_that_is_no_database_is_told_apart_from_a_busy_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault.db");
        std::fs::write(&path, [b'x'; 4096]).unwrap();
        assert_eq!(SqliteStore::open(&path).err(), Some(StoreFault::Corrupt));
    }

    #[test]
    fn a_newer_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault.db");
        drop(SqliteStore::open(&path).unwrap());
        Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
        assert_eq!(SqliteStore::open(&path).err(), Some(StoreFault::TooNew));
    }
}
