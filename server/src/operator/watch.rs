//! The audit log read by an operator, and the backup of the database, both beside a running server.

use super::{Operator, OperatorFault, now};
use crate::store::{StoreFault, audit, mirror};
use countersign_protocol::time::Time;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};

/// What a look at the whole log found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Records in the database, or the first one that does not fit.
    pub database: Result<u64, i64>,
    /// Records in the file outside it, or the first one that does not fit; nothing if there is no file.
    pub file: Option<Result<u64, i64>>,
    /// Whether both tell the same up to the shorter one's end.
    pub agree: bool,
}

/// One record for people.
pub struct AuditLine {
    /// Its place.
    pub seq: i64,
    /// JSON: `at`, `what`, `about`.
    pub record: String,
}

impl Operator {
    /// Walks both copies of the log.
    pub fn verify_audit(&self, data: &Path) -> Result<Verified, OperatorFault> {
        let key = self.app.keys().audit.clone();
        let database = self.app.store.read(|tx| audit::verify(tx, &key))?;
        let outside = mirror::read(&data.join("audit.log"))?;
        let file = (!outside.is_empty()).then(|| mirror::verify(&outside, &key));
        let inside = match outside.last() {
            Some(last) => self.app.store.read(|tx| audit::after(tx, last.seq - 1, 1))?.pop(),
            None => None,
        };
        let agree = match (outside.last(), inside) {
            (Some(last), Some(inside)) => inside.seq == last.seq && inside.chain == last.chain,
            (Some(_), None) => false,
            (None, _) => true,
        };
        Ok(Verified { database, file, agree })
    }

    /// The newest records, oldest first.
    pub fn tail_audit(&self, count: u32) -> Result<Vec<AuditLine>, OperatorFault> {
        let records = self.app.store.read(|tx| -> Result<_, StoreFault> {
            audit::after(tx, audit::newest(tx)? - i64::from(count), count)
        })?;
        Ok(records.into_iter().map(|one| AuditLine { seq: one.seq, record: one.record }).collect())
    }

    /// Copies the database as it is at one moment into a new file, for its owner alone.
    /// When that was done stands beside the database, for the page that tells how the server is: a record in the log would
    /// be one that no backup has.
    pub fn backup(&self, to: &Path) -> Result<(), OperatorFault> {
        use std::os::unix::fs::OpenOptionsExt;
        std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
        let copied = copy(self.app.store.path(), to);
        if copied.is_err() {
            let _ = std::fs::remove_file(to);
        }
        copied?;
        Ok(std::fs::write(noted(self.app.store.path()), now().secs().to_string())?)
    }
}

/// When the last backup was made, if one was ever made here.
pub fn last_backup(database: &Path) -> Option<Time> {
    std::fs::read_to_string(noted(database)).ok()?.trim().parse().ok().map(Time::from_secs)
}

fn noted(database: &Path) -> PathBuf {
    database.with_file_name("backed-up")
}

/// One snapshot; a running server goes on writing meanwhile.
fn copy(from: &Path, to: &Path) -> Result<(), OperatorFault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let source = Connection::open_with_flags(from, flags).map_err(StoreFault::from)?;
    let name = to.to_str().ok_or(OperatorFault::NoBackup)?;
    source.execute("VACUUM INTO ?1", [name]).map_err(StoreFault::from)?;
    Ok(std::fs::File::open(to)?.sync_all()?)
}
