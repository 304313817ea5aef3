//! The database: one SQLite file, WAL, `synchronous=FULL`.
//!
//! Every change is one transaction that is durable before its caller hears of it. All writers queue for one thread,
//! which runs what is waiting as savepoints of one physical transaction: each change stays atomic on its own, one
//! `fsync` serves them all. Reads see committed state only. The functions of the submodules take a [`Tx`] and show
//! their SQL; a second database would implement these functions again behind the same names.

pub mod account;
pub mod accounting;
pub mod address;
pub mod arrival;
pub mod asked;
pub mod attempt;
pub mod audit;
pub mod bio;
pub mod browser;
pub mod closing;
pub mod enrolment;
pub mod event;
pub mod evidence;
pub mod guess;
pub mod history;
pub mod link;
pub mod mail;
mod meter;
mod migrate;
pub mod mirror;
pub mod operator;
pub mod overview;
pub mod password;
pub mod phone;
pub mod recovery;
pub mod relying;
pub mod repeat;
pub mod request;
pub mod rewind;
pub mod sealed;
pub mod service;
pub mod session;
pub mod sign_in;
pub mod signup;
pub mod successor;
pub mod sweep;
pub mod ticket;
pub mod ticket_out;
pub mod wake;
mod writer;

use meter::Meter;
use mirror::Mirror;
use rusqlite::{Connection, OpenFlags};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use writer::Writer;

/// Connections for reading; two cores have no use for more.
const READERS: usize = 3;

/// How long a write waits for another process (the operator's command line) before it is `unavailable`.
const BUSY: Duration = Duration::from_secs(3);

/// The database cannot do what is asked just now: full disk, locked, damaged. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// SQLite's own error.
    #[error("database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The file cannot be made.
    #[error("database file: {0}")]
    File(std::io::Error),
    /// The shared transaction could not be committed.
    #[error("database: not committed")]
    NotCommitted,
    /// A newer server made this database.
    #[error("the database was made by a newer server")]
    Newer,
    /// A stored value has not the form that was written.
    #[error("database: damaged value in {0}")]
    Damaged(&'static str),
}

/// A transaction in progress.
pub struct Tx<'a>(pub(crate) &'a Connection);

/// Handle to the database; clones share it.
#[derive(Clone)]
pub struct Store {
    writer: Writer,
    readers: Arc<[Mutex<Connection>; READERS]>,
    path: PathBuf,
    /// Statements that were begun, where somebody counts them.
    meter: Option<Meter>,
}

impl Store {
    /// Opens the database and makes its tables if they are missing.
    pub fn open(path: &Path) -> Result<Self, StoreFault> {
        Self::open_with(path, None, None)
    }

    /// The same, with its audit log outside the database at `log`. For the server alone: it puts another database's aside.
    pub fn open_with_log(path: &Path, log: &Path) -> Result<Self, StoreFault> {
        Self::open_with(path, Some(log), None)
    }

    /// The same for a lab, which counts statements: how much work an answer took tells what its time only hints at.
    pub fn open_metered(path: &Path, log: &Path) -> Result<Self, StoreFault> {
        Self::open_with(path, Some(log), Some(Meter::default()))
    }

    fn open_with(path: &Path, log: Option<&Path>, meter: Option<Meter>) -> Result<Self, StoreFault> {
        make_private(path)?;
        let open = |read_only| -> Result<Connection, StoreFault> {
            let mut connection = open_connection(path, read_only)?;
            if let Some(meter) = &meter {
                meter.watch(&mut connection)?;
            }
            Ok(connection)
        };
        let connection = open(false)?;
        connection.execute_batch(
            // A checkpoint every 16 MiB instead of 4: a page that many sign-ins touch is copied back a quarter as often.
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON;
             PRAGMA wal_autocheckpoint=4000;",
        )?;
        migrate::run(&connection)?;
        let readers = [open(true)?, open(true)?, open(true)?];
        let readers = Arc::new(readers.map(Mutex::new));
        let mirror = log.map(|log| Mirror::open(log, &connection)).transpose()?;
        Ok(Self { writer: Writer::start(connection, mirror), readers, path: path.to_owned(), meter })
    }

    /// Runs `work` as one transaction and returns when it is durable. An error rolls everything of `work` back.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreFault> + Send + 'static,
        F: FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.writer.run(work).await
    }

    /// Runs `look` on committed state: the same for all its statements, whatever is committed meanwhile. Short by
    /// contract: it runs on the caller's thread, because a read from the page cache takes less time than a change of
    /// thread.
    pub fn read<T, E: From<StoreFault>>(&self, look: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let free = self.readers.iter().find_map(|reader| reader.try_lock().ok());
        let guard = match free {
            Some(guard) => guard,
            None => self.readers[0].lock().unwrap_or_else(PoisonError::into_inner),
        };
        // Ends when it is dropped, whatever `look` comes to.
        let snapshot = guard.unchecked_transaction().map_err(StoreFault::from)?;
        look(&Tx(&snapshot))
    }

    /// Statements so far, if they are counted.
    pub fn statements(&self) -> Option<u64> {
        self.meter.as_ref().map(Meter::count)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Makes the file for its owner alone before SQLite does, whose side files then have the same rights. The folder may
/// have been there before, open to others.
fn make_private(path: &Path) -> Result<(), StoreFault> {
    let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    match made {
        Err(fault) if fault.kind() != std::io::ErrorKind::AlreadyExists => Err(StoreFault::File(fault)),
        _ => Ok(()),
    }
}

fn open_connection(path: &Path, read_only: bool) -> Result<Connection, StoreFault> {
    let flags = if read_only {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
    };
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(128);
    connection
        .execute_batch("PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON;")?;
    Ok(connection)
}

impl Tx<'_> {
    /// Runs a statement through the statement cache and gives the number of rows it changed.
    pub(crate) fn run(&self, sql: &str, params: impl rusqlite::Params) -> Result<usize, StoreFault> {
        Ok(self.0.prepare_cached(sql)?.execute(params)?)
    }
}

/// A time in a column; none is negative.
pub(crate) fn time(column: i64) -> countersign_protocol::time::Time {
    countersign_protocol::time::Time::from_secs(column.max(0).unsigned_abs())
}

#[cfg(test)]
mod tests;
