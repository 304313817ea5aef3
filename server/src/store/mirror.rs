//! The audit log outside the database (3.0.7, 3.9.1): one line for each record, appended after its commit.
//!
//! The database is the truth for what was committed; the file is what survives it. What a crash left out of the file is
//! written at the next start. A file that belongs to another database is put aside, never written over.

use super::audit::{self, Record};
use super::{StoreFault, Tx};
use countersign_protocol::encoding::{b64u, from_b64u};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Records that are read and written at a time.
const STEP: u32 = 1000;

/// The file, and how far it is.
pub struct Mirror {
    path: PathBuf,
    file: File,
    last: i64,
}

impl Mirror {
    /// Opens the file of this database and writes what it lacks.
    pub fn open(path: &Path, connection: &Connection) -> Result<Self, StoreFault> {
        let last = match read(path)?.pop() {
            Some(record) if fits(&Tx(connection), &record)? => record.seq,
            Some(_) => {
                put_aside(path)?;
                0
            }
            None => 0,
        };
        let file =
            OpenOptions::new().create(true).append(true).mode(0o600).open(path).map_err(StoreFault::File)?;
        let mut mirror = Self { path: path.to_owned(), file, last };
        mirror.catch_up(connection)?;
        Ok(mirror)
    }

    /// Appends the records that were committed since. A full disk is reported and tried again with the next commit.
    pub fn follow(&mut self, connection: &Connection) {
        if let Err(fault) = self.catch_up(connection) {
            tracing::error!(%fault, path = %self.path.display(), alarm = true, "the audit log cannot be written");
        }
    }

    fn catch_up(&mut self, connection: &Connection) -> Result<(), StoreFault> {
        loop {
            let records = audit::after(&Tx(connection), self.last, STEP)?;
            let Some(newest) = records.last() else { return Ok(()) };
            let lines: String = records.iter().map(line).collect();
            let whole = self.file.metadata().map_err(StoreFault::File)?.len();
            if let Err(fault) = self.file.write_all(lines.as_bytes()) {
                // A line that a full disk cut short would spoil the next one.
                self.file.set_len(whole).map_err(StoreFault::File)?;
                return Err(StoreFault::File(fault));
            }
            self.last = newest.seq;
        }
    }
}

/// Writes what a log lacks of the records of its own database. A log that is missing, or another database's, stays so.
pub fn complete(path: &Path, connection: &Connection) -> Result<(), StoreFault> {
    match read(path)?.pop() {
        Some(last) if fits(&Tx(connection), &last)? => Mirror::open(path, connection).map(drop),
        _ => Ok(()),
    }
}

/// Whether the database has this very record.
fn fits(tx: &Tx<'_>, record: &Record) -> Result<bool, StoreFault> {
    let found = audit::after(tx, record.seq - 1, 1)?.pop();
    Ok(found.is_some_and(|found| found.seq == record.seq && found.chain == record.chain))
}

fn put_aside(path: &Path) -> Result<(), StoreFault> {
    let mut number = 1;
    let aside = loop {
        let aside = path.with_extension(format!("log.{number}"));
        if !aside.exists() {
            break aside;
        }
        number += 1;
    };
    tracing::error!(path = %aside.display(), alarm = true, "the audit log is of another database and was put aside");
    std::fs::rename(path, aside).map_err(StoreFault::File)
}

fn line(record: &Record) -> String {
    let line = json!({"seq": record.seq, "chain": b64u(&record.chain), "record": record.record});
    format!("{line}\n")
}

/// Every whole line of a file; a last line that a crash cut short is left out, and cut off.
pub fn read(path: &Path) -> Result<Vec<Record>, StoreFault> {
    let Ok(file) = File::open(path) else { return Ok(Vec::new()) };
    let mut reader = BufReader::new(file);
    let (mut records, mut whole, mut text) = (Vec::new(), 0, Vec::new());
    loop {
        text.clear();
        let read = reader.read_until(b'\n', &mut text).map_err(StoreFault::File)?;
        if read == 0 {
            return Ok(records);
        }
        match parse(&text) {
            Some(record) => records.push(record),
            None if !text.ends_with(b"\n") => {
                let file = OpenOptions::new().write(true).open(path).map_err(StoreFault::File)?;
                file.set_len(whole).map_err(StoreFault::File)?;
                return Ok(records);
            }
            None => return Err(StoreFault::Damaged("audit log")),
        }
        whole += u64::try_from(read).unwrap_or(u64::MAX);
    }
}

fn parse(line: &[u8]) -> Option<Record> {
    let value: Value = serde_json::from_slice(line.strip_suffix(b"\n")?).ok()?;
    Some(Record {
        seq: value["seq"].as_i64()?,
        chain: from_b64u(value["chain"].as_str()?).ok()?,
        record: value["record"].as_str()?.to_owned(),
    })
}

/// The length of an unbroken chain from the first record on, or the place where it breaks.
pub fn verify(records: &[Record], key: &[u8; 32]) -> Result<u64, i64> {
    let (mut before, mut count) = (vec![0; 32], 0);
    for record in records {
        if audit::link(key, &before, &record.record) != record.chain {
            return Err(record.seq);
        }
        before.clone_from(&record.chain);
        count += 1;
    }
    Ok(count)
}
