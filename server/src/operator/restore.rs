//! Restoring a backup (3.9.1): no guess is given back, no removed phone returns, nothing that was under way goes on.
//!
//! The new file is made whole beside the old one and put in its place by one rename: a crash before leaves the old
//! database, a crash after it the new one.

use super::{OperatorFault, now};
use crate::keys::{Keys, sync};
use crate::serve::hold;
use crate::store::audit::{self, Record};
use crate::store::rewind::Heeded;
use crate::store::{Store, StoreFault, Tx, account, closing, mirror, operator, rewind};
use countersign_protocol::id::Aid;
use countersign_protocol::time::Time;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// What a restore did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restored {
    /// Records that were replayed from the log outside the database; nothing if there was no log that fits.
    pub replayed: Option<usize>,
}

/// Puts a backup in the place of the database. The server must not be running.
pub async fn restore(data: &Path, backup: &Path) -> Result<Restored, OperatorFault> {
    let _held = hold(data).map_err(|_| OperatorFault::Running)?;
    check(backup)?;
    let keys = Keys::open(data)?;
    // If the old database can still be read, the log is made whole from it first.
    let _ = complete_log(data);
    let fresh = data.join("countersign.db.new");
    remove_all(&fresh)?;
    fs::copy(backup, &fresh)?;
    let restored = rewind(&fresh, &keys, &data.join("audit.log")).await?;
    // Tickets and frames of the time between must not count any more.
    Keys::renew(data, &["nonce", "qr"])?;
    let path = data.join("countersign.db");
    settle_into_one_file(&fresh)?;
    make_way(&path)?;
    fs::rename(&fresh, &path)?;
    sync(data)?;
    Ok(restored)
}

fn complete_log(data: &Path) -> Result<(), StoreFault> {
    let log = data.join("audit.log");
    if mirror::read(&log)?.is_empty() {
        return Ok(());
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let old = Connection::open_with_flags(data.join("countersign.db"), flags)?;
    mirror::complete(&log, &old)
}

fn check(backup: &Path) -> Result<(), OperatorFault> {
    let open = || -> Result<bool, rusqlite::Error> {
        let file = Connection::open_with_flags(backup, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let verdict: String = file.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
        let version: u32 = file.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        Ok(verdict == "ok" && version > 0)
    };
    if open().unwrap_or(false) { Ok(()) } else { Err(OperatorFault::NoBackup) }
}

async fn rewind(path: &Path, keys: &Keys, log: &Path) -> Result<Restored, OperatorFault> {
    let store = Store::open(path)?;
    let key = *keys.audit;
    let evid = *keys.evid;
    let since = store.read(|tx| since(tx, log, &key))?;
    store
        .write(move |tx| -> Result<_, OperatorFault> {
            rewind::all(tx)?;
            rewind::raise_event_ids(tx, now())?;
            let replayed = match &since {
                Some(records) => {
                    for record in records {
                        audit::put_back(tx, record)?;
                        replay(tx, record, &evid)?;
                    }
                    Some(records.len())
                }
                None => {
                    rewind::lock_every_phone(tx, now())?;
                    None
                }
            };
            let about = json!({"replayed": replayed, "by": "operator"});
            audit::append(tx, &key, "restored", &about, now())?;
            Ok(Restored { replayed })
        })
        .await
}

/// What happened after the backup, if a whole log tells it: its chain is unbroken and the backup is a part of it.
fn since(tx: &Tx<'_>, log: &Path, key: &[u8; 32]) -> Result<Option<Vec<Record>>, StoreFault> {
    let Ok(mut records) = mirror::read(log) else { return Ok(None) };
    if records.is_empty() || mirror::verify(&records, key).is_err() {
        return Ok(None);
    }
    let (newest, head) = (audit::newest(tx)?, audit::head(tx)?);
    let place = records.iter().position(|record| record.seq == newest && record.chain == head);
    let from = match (newest, place) {
        (0, _) => 0,
        (_, Some(place)) => place + 1,
        (_, None) => return Ok(None),
    };
    Ok(Some(records.split_off(from)))
}

/// One record of the time between. What adds keys is not replayed, what takes them away is.
fn replay(tx: &Tx<'_>, record: &Record, evid: &[u8; 32]) -> Result<(), StoreFault> {
    let value: Value = serde_json::from_str(&record.record).map_err(|_| StoreFault::Damaged("audit"))?;
    let Some(heeded) = value["what"].as_str().and_then(Heeded::of) else { return Ok(()) };
    let about = &value["about"];
    let at = Time::from_secs(value["at"].as_u64().unwrap_or_default());
    let account = about["account"].as_str().unwrap_or_default();
    match heeded {
        Heeded::PhoneRevoked | Heeded::PhoneRekeyed | Heeded::PhoneLocked | Heeded::Biometrics => {
            replay_phone(tx, (heeded, about), at, evid)
        }
        // The phone is not in the backup; that there was one is what asks for a proof (3.11).
        Heeded::PhoneAdded => account::note_phone(tx, account),
        Heeded::AccountLocked => rewind::stop_account(tx, account, "locked", at),
        Heeded::AccountActive => rewind::let_go_on(tx, account, at),
        Heeded::AccountClosed => rewind::stop_account(tx, account, "closed", at),
        // Without an end it is stopped: none is made up that would close it.
        Heeded::AccountClosing => match about["until"].as_u64() {
            Some(until) => rewind::close_later(tx, account, Time::from_secs(until), at),
            None => rewind::stop_account(tx, account, "locked", at),
        },
        Heeded::AccountKept => closing::undo(tx, account),
        Heeded::SetupLink => rewind::drop_setup_link(tx, account),
        Heeded::RecoveryCode => rewind::drop_recovery_code(tx, account),
        Heeded::Password => rewind::drop_password(tx, account),
        Heeded::Options => {
            rewind::keep_options(tx, account, about["two_factors"] == true, about["letters"] == "every")
        }
        Heeded::Address => rewind::change_address(tx, account, about["email"].as_str(), at),
        Heeded::OperatorAdded => operator::add(tx, account, "operator", at).map(drop),
        Heeded::OperatorRemoved => operator::remove(tx, account).map(drop),
        Heeded::ServiceSecret => rewind::drop_secret(tx, about["service"].as_str().unwrap_or_default()),
        // A restore before this one had no log: what it locked only an operator's word has freed.
        Heeded::Restored if about["replayed"].is_null() => rewind::lock_every_phone(tx, at),
        Heeded::Restored => Ok(()),
    }
}

fn replay_phone(
    tx: &Tx<'_>,
    (heeded, about): (Heeded, &Value),
    at: Time,
    evid: &[u8; 32],
) -> Result<(), StoreFault> {
    let Some(aid) = about["aid"].as_str().and_then(|text| Aid::parse(text).ok()) else { return Ok(()) };
    match heeded {
        Heeded::PhoneLocked => rewind::lock(tx, &aid, at),
        Heeded::Biometrics => rewind::drop_bio(tx, &aid, at, evid),
        Heeded::PhoneRevoked => {
            rewind::revoke(tx, &aid, about["why"].as_str().unwrap_or("operator"), at, now())
        }
        // The old PIN must not come back, and the new one is not in the backup.
        _ => rewind::revoke(tx, &aid, "operator", at, now()),
    }
}

/// Takes the old database's side files away: beside the new file they would be taken for its own. What stands in them goes
/// into the old file first, if that can be read at all, so that a crash before the rename leaves it whole.
fn make_way(path: &Path) -> Result<(), OperatorFault> {
    let _ = settle_into_one_file(path);
    remove_side_files(path)
}

/// Everything in the one file, so that the rename carries it all.
fn settle_into_one_file(path: &Path) -> Result<(), OperatorFault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let file = Connection::open_with_flags(path, flags).map_err(StoreFault::from)?;
    file.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE;")
        .map_err(StoreFault::from)?;
    drop(file);
    Ok(fs::File::open(path)?.sync_all()?)
}

fn remove_all(path: &Path) -> Result<(), OperatorFault> {
    remove_side_files(path)?;
    remove(path)
}

fn remove_side_files(path: &Path) -> Result<(), OperatorFault> {
    for suffix in ["-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        remove(Path::new(&name))?;
    }
    Ok(())
}

fn remove(path: &Path) -> Result<(), OperatorFault> {
    match fs::remove_file(path) {
        Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => Err(fault.into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::account::NewAccount;

    /// What a server that was killed leaves: a database whose last commit stands in its write-ahead log.
    fn left_by_a_killed_server(folder: &Path) -> std::path::PathBuf {
        let path = folder.join("live.db");
        let store = Store::open(&path).unwrap();
        let new = NewAccount { email: "anna@example.eu".to_owned(), ..NewAccount::default() };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(store.write(move |tx| account::insert(tx, "u-1", &new, now()))).unwrap();
        let left = folder.join("countersign.db");
        for suffix in ["", "-wal"] {
            let name = |path: &Path| format!("{}{suffix}", path.display());
            fs::copy(name(&path), name(&left)).unwrap();
        }
        left
    }

    #[test]
    fn a_crash_before_the_rename_leaves_the_old_database_with_its_last_commit() {
        let folder = tempfile::tempdir().unwrap();
        let path = left_by_a_killed_server(folder.path());
        make_way(&path).unwrap();
        assert!(!folder.path().join("countersign.db-wal").exists());
        let found = Store::open(&path).unwrap().read(|tx| account::by_id(tx, "u-1")).unwrap();
        assert_eq!(found.map(|account| account.email).as_deref(), Some("anna@example.eu"));
    }

    #[test]
    fn a_database_that_is_damaged_or_gone_makes_way_as_well() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("countersign.db");
        make_way(&path).unwrap();
        assert!(!path.exists());
        for suffix in ["", "-wal", "-shm"] {
            fs::write(format!("{}{suffix}", path.display()), "no database").unwrap();
        }
        make_way(&path).unwrap();
        assert!(!folder.path().join("countersign.db-wal").exists());
    }

    #[test]
    fn a_closing_without_an_end_stops_an_account_and_closes_none() {
        let scene = crate::fixture::with_phone();
        for (about, state) in
            [(r#"{"account":"u-1","until":1800000000}"#, "closing"), (r#"{"account":"u-1"}"#, "locked")]
        {
            let text = format!(r#"{{"what":"account_closing","at":1790000000,"about":{about}}}"#);
            let record = Record { seq: 1, record: text, chain: vec![0; 32] };
            scene.write(move |tx| replay(tx, &record, &[0; 32])).unwrap();
            let found = scene.app.store.read(|tx| account::by_id(tx, "u-1")).unwrap().unwrap();
            assert_eq!(found.state, state);
        }
    }
}
