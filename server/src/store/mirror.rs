//! The audit log outside the database (3.0.7, 3.9.1): one line for each record, appended after its commit.
//!
//! The database is the truth for what was committed; the file is what survives it. What a crash left out of the file is
//! written at the next start. A file that belongs to another database is put aside, never written over. The server and
//! an operator's command may both append: whoever does holds the file's lock, and looks first what the other wrote.

use super::audit::{self, Record};
use super::rewind::Heeded;
use super::{StoreFault, Tx};
use countersign_protocol::encoding::{b64u, from_b64u};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Records that are read and written at a time.
const STEP: u32 = 1000;
/// Bytes at the end of a file among which its last line is looked for first.
const TAIL: u64 = 64 * 1024;
/// How long a write waits for the lock; whoever holds it appends a few lines.
const PATIENCE: Duration = Duration::from_secs(3);
/// Between two looks at the lock.
const PAUSE: Duration = Duration::from_millis(1);

/// The file, and how far it is.
pub struct Mirror {
    path: PathBuf,
    file: File,
    /// Bytes of whole lines.
    whole: u64,
    last: i64,
}

impl Mirror {
    /// Opens the file of this database and writes what it lacks; another database's is put aside. For the server alone.
    pub fn open(path: &Path, connection: &Connection) -> Result<Self, StoreFault> {
        if !fits(read(path)?.last(), connection)? {
            put_aside(path)?;
        }
        Self::at_end(path, connection)
    }

    fn at_end(path: &Path, connection: &Connection) -> Result<Self, StoreFault> {
        let file = OpenOptions::new().create(true).read(true).append(true).mode(0o600).open(path);
        let file = file.map_err(StoreFault::File)?;
        let mut mirror = Self { path: path.to_owned(), file, whole: 0, last: 0 };
        mirror.locked(Self::find_end)?;
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
            if records.is_empty() {
                return Ok(());
            }
            self.locked(|mirror| mirror.write(&records))?;
        }
    }

    fn locked(&mut self, work: impl FnOnce(&mut Self) -> Result<(), StoreFault>) -> Result<(), StoreFault> {
        let patience = Instant::now() + PATIENCE;
        while let Err(fault) = self.file.try_lock() {
            match fault {
                TryLockError::WouldBlock if Instant::now() < patience => std::thread::sleep(PAUSE),
                fault => return Err(StoreFault::File(fault.into())),
            }
        }
        let done = work(self);
        self.file.unlock().map_err(StoreFault::File)?;
        done
    }

    /// Goes behind the last whole line; what follows it a crash cut short.
    fn find_end(&mut self) -> Result<(), StoreFault> {
        let (record, whole) = newest(&self.file)?;
        (self.whole, self.last) = (whole, record.map_or(0, |record| record.seq));
        self.cut()
    }

    fn cut(&self) -> Result<(), StoreFault> {
        let longer = self.file.metadata().map_err(StoreFault::File)?.len() > self.whole;
        if longer { self.file.set_len(self.whole).map_err(StoreFault::File) } else { Ok(()) }
    }

    /// Appends those of the records that another process has not appended meanwhile; none if more than these are missing.
    fn write(&mut self, records: &[Record]) -> Result<(), StoreFault> {
        let known = self.last;
        self.look()?;
        if self.last < known {
            return Ok(());
        }
        let (_, missing) = records.split_at(records.partition_point(|record| record.seq <= self.last));
        let lines: String = missing.iter().map(line).collect();
        if let Err(fault) = self.append(lines.as_bytes(), missing.iter().any(is_heeded)) {
            // A line that a full disk cut short would spoil the next one.
            self.cut()?;
            return Err(StoreFault::File(fault));
        }
        self.whole += u64::try_from(lines.len()).unwrap_or_default();
        self.last = missing.last().map_or(self.last, |record| record.seq);
        Ok(())
    }

    /// Sees what another process has appended. Where the file became shorter, it is written anew from its end on.
    fn look(&mut self) -> Result<(), StoreFault> {
        let length = self.file.metadata().map_err(StoreFault::File)?.len();
        if length < self.whole {
            return self.find_end();
        }
        if length > self.whole {
            let (records, whole) = lines(&self.file, self.whole)?;
            (self.whole, self.last) = (whole, records.last().map_or(self.last, |record| record.seq));
        }
        self.cut()
    }

    /// What a restore goes by is on the disk before anybody hears of it. The rest, above all a record of each sign-in, is
    /// lost only if the machine and the database die together, and is not worth a sync of its own.
    fn append(&mut self, lines: &[u8], to_disk: bool) -> Result<(), std::io::Error> {
        self.file.write_all(lines)?;
        if to_disk { self.file.sync_data() } else { Ok(()) }
    }
}

fn is_heeded(record: &Record) -> bool {
    let value: Option<Value> = serde_json::from_str(&record.record).ok();
    value.is_none_or(|value| value["what"].as_str().and_then(Heeded::of).is_some())
}

/// Writes what a log lacks of the records of its own database, beside a running server too. Another database's log stays
/// as it is: this database may be the one that is there by mistake.
pub fn complete(path: &Path, connection: &Connection) -> Result<(), StoreFault> {
    let newest = File::open(path).ok().map(|file| newest(&file)).transpose()?.and_then(|(record, _)| record);
    if fits(newest.as_ref(), connection)? {
        return Mirror::at_end(path, connection).map(drop);
    }
    tracing::error!(path = %path.display(), alarm = true, "the audit log is of another database");
    Ok(())
}

/// Whether the newest record of a log is this database's; where there is none, the log may become so.
fn fits(newest: Option<&Record>, connection: &Connection) -> Result<bool, StoreFault> {
    let Some(record) = newest else { return Ok(true) };
    let found = audit::after(&Tx(connection), record.seq - 1, 1)?.pop();
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

/// Every whole line of a file. One at the end that a crash cut short, or that is being written, is left out.
pub fn read(path: &Path) -> Result<Vec<Record>, StoreFault> {
    let Ok(file) = File::open(path) else { return Ok(Vec::new()) };
    Ok(lines(&file, 0)?.0)
}

/// The last whole line and where it ends, without reading all that is before it.
fn newest(file: &File) -> Result<(Option<Record>, u64), StoreFault> {
    let length = file.metadata().map_err(StoreFault::File)?.len();
    let mut tail = TAIL;
    loop {
        let from = begin_of_line(file, length.saturating_sub(tail))?;
        let (mut records, whole) = lines(file, from)?;
        if from == 0 || !records.is_empty() {
            return Ok((records.pop(), whole));
        }
        tail = tail.saturating_mul(2);
    }
}

/// The first place from here on where a line begins.
fn begin_of_line(mut file: &File, from: u64) -> Result<u64, StoreFault> {
    if from == 0 {
        return Ok(0);
    }
    file.seek(SeekFrom::Start(from)).map_err(StoreFault::File)?;
    let skipped = BufReader::new(file).skip_until(b'\n').map_err(StoreFault::File)?;
    Ok(from + u64::try_from(skipped).unwrap_or_default())
}

/// The whole lines from a place on, and where the last of them ends.
fn lines(mut file: &File, from: u64) -> Result<(Vec<Record>, u64), StoreFault> {
    file.seek(SeekFrom::Start(from)).map_err(StoreFault::File)?;
    let mut reader = BufReader::new(file);
    let (mut records, mut whole, mut text) = (Vec::new(), from, Vec::new());
    loop {
        text.clear();
        let read = reader.read_until(b'\n', &mut text).map_err(StoreFault::File)?;
        match parse(&text) {
            Some(record) => records.push(record),
            None if !text.ends_with(b"\n") => return Ok((records, whole)),
            None => return Err(StoreFault::Damaged("audit log")),
        }
        whole += u64::try_from(read).unwrap_or_default();
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
