//! The promises of the store: a change is whole and durable or did not happen, whatever the disk and others do.

use super::account::{self, NewAccount};
use super::*;
use countersign_protocol::time::Time;
use rusqlite::Connection;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap()
}

fn fresh() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("countersign.db")).unwrap();
    (folder, store)
}

fn add(tx: &Tx<'_>, number: u32) -> Result<bool, StoreFault> {
    let new = NewAccount { email: format!("p{number}@example.eu"), ..NewAccount::default() };
    account::insert(tx, &format!("u-{number}"), &new, Time::from_secs(1))
}

fn add_and_fail(tx: &Tx<'_>, number: u32) -> Result<bool, StoreFault> {
    add(tx, number)?;
    Err(StoreFault::Damaged("on purpose"))
}

fn count(store: &Store) -> u32 {
    store
        .read(|tx| Ok::<_, StoreFault>(tx.0.query_row("SELECT count(*) FROM account", [], |row| row.get(0))?))
        .unwrap()
}

#[test]
fn what_fails_leaves_nothing_and_what_shares_its_commit_stays() {
    let (_folder, store) = fresh();
    runtime().block_on(async {
        let good: Vec<_> = (0..20)
            .map(|n| (store.clone(), n))
            .map(|(store, n)| tokio::spawn(async move { store.write(move |tx| add(tx, n)).await }))
            .collect();
        let bad: Vec<_> = (100..120)
            .map(|n| (store.clone(), n))
            .map(|(store, n)| tokio::spawn(async move { store.write(move |tx| add_and_fail(tx, n)).await }))
            .collect();
        let panics = store.write(|tx| -> Result<bool, StoreFault> {
            add(tx, 200)?;
            panic!("on purpose")
        });
        assert!(panics.await.is_err());
        for job in bad {
            assert!(job.await.unwrap().is_err());
        }
        for job in good {
            assert!(job.await.unwrap().unwrap());
        }
        assert!(store.write(|tx| add(tx, 300)).await.unwrap(), "the thread lives on");
    });
    assert_eq!(count(&store), 21);
}

#[test]
fn a_locked_database_is_unavailable_and_loses_nothing() {
    let (_folder, store) = fresh();
    let other = Connection::open(store.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    runtime().block_on(async {
        assert!(matches!(store.write(|tx| add(tx, 1)).await, Err(StoreFault::NotCommitted)));
        assert_eq!(count(&store), 0, "readers are not hindered");
        other.execute_batch("COMMIT").unwrap();
        assert!(store.write(|tx| add(tx, 1)).await.unwrap());
    });
    assert_eq!(count(&store), 1);
}

#[test]
fn one_read_sees_one_state_whatever_is_committed_meanwhile() {
    let (_folder, store) = fresh();
    let counted = |tx: &Tx<'_>| -> Result<u32, StoreFault> {
        Ok(tx.0.query_row("SELECT count(*) FROM account", [], |row| row.get(0))?)
    };
    let seen = store.read(|tx| -> Result<_, StoreFault> {
        let before = counted(tx)?;
        runtime().block_on(async { store.write(|tx| add(tx, 1)).await })?;
        Ok((before, counted(tx)?))
    });
    assert_eq!(seen.unwrap(), (0, 0));
    assert_eq!(count(&store), 1, "the next one sees it");
    let failed = store.read(|_| Err::<(), _>(StoreFault::Damaged("on purpose")));
    assert!(failed.is_err());
    assert_eq!(count(&store), 1, "one that failed leaves no trace");
}

#[test]
fn a_full_disk_is_unavailable_and_loses_nothing() {
    let (_folder, store) = fresh();
    runtime().block_on(async {
        store.write(|tx| add(tx, 1)).await.unwrap();
        let limit = |pages: &'static str| {
            store.write(move |tx| -> Result<(), StoreFault> {
                Ok(tx.0.query_row(&format!("PRAGMA max_page_count={pages}"), [], |_| Ok(()))?)
            })
        };
        limit("1").await.unwrap();
        let mut refused = 0;
        for n in 2..2000 {
            refused += u32::from(store.write(move |tx| add(tx, n)).await.is_err());
        }
        assert!(refused > 0, "the disk never filled");
        let kept = count(&store);
        assert_eq!(kept, 1999 - refused);
        limit("1000000").await.unwrap();
        assert!(store.write(|tx| add(tx, 5000)).await.unwrap());
        assert_eq!(count(&store), kept + 1);
    });
}

#[test]
fn the_audit_chain_shows_a_changed_record() {
    let (_folder, store) = fresh();
    let key = [7; 32];
    runtime().block_on(async {
        for n in 0..5 {
            let about = serde_json::json!({"n": n});
            store
                .write(move |tx| audit::append(tx, &key, "tried", &about, Time::from_secs(n)))
                .await
                .unwrap();
        }
    });
    let verify = || store.read(|tx| audit::verify(tx, &key)).unwrap();
    assert_eq!(verify(), Ok(5));
    assert_eq!(store.read(|tx| audit::verify(tx, &[8; 32])).unwrap(), Err(1), "another key fits nowhere");
    let other = Connection::open(store.path()).unwrap();
    other.execute("UPDATE audit SET record=replace(record, 'tried', 'tired') WHERE seq=3", []).unwrap();
    assert_eq!(verify(), Err(3));
}

#[test]
fn the_files_are_their_owners_even_in_a_folder_that_is_open_to_others() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let store = Store::open(&folder.path().join("countersign.db")).unwrap();
    runtime().block_on(async { store.write(|tx| add(tx, 1)).await }).unwrap();
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap()).collect();
    assert!(files.len() >= 2, "the write-ahead log is a file of its own");
    for file in files {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.file_name());
    }
}

/// Names of everything in a database, with the columns of its tables.
fn shape(connection: &Connection) -> Vec<(String, Vec<String>)> {
    let list = |sql: &str| -> Vec<String> {
        let mut query = connection.prepare(sql).unwrap();
        query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let names = list("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name");
    let columns = |name: &String| {
        list(&format!(
            "SELECT name || ' ' || type || ' ' || \"notnull\" || ' ' || coalesce(dflt_value, '') FROM pragma_table_info('{name}')"
        ))
    };
    names.into_iter().map(|name| (name.clone(), columns(&name))).collect()
}

#[test]
fn a_database_of_the_first_version_becomes_the_newest_and_keeps_its_rows() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("countersign.db");
    let old = Connection::open(&path).unwrap();
    old.execute_batch(include_str!("tests/version_1.sql")).unwrap();
    old.execute_batch(
        "INSERT INTO account (id, email, created) VALUES ('u-1', 'p1@example.eu', 1); PRAGMA user_version=1;",
    )
    .unwrap();
    drop(old);
    let (_other, fresh) = fresh();
    let store = Store::open(&path).unwrap();
    assert_eq!(count(&store), 1);
    let shapes = [&store, &fresh].map(|store| shape(&Connection::open(store.path()).unwrap()));
    assert_eq!(shapes[0], shapes[1]);
    drop(store);
    assert_eq!(count(&Store::open(&path).unwrap()), 1, "opened once more, nothing changes");
}

#[test]
fn a_database_of_a_newer_server_is_left_alone() {
    let (folder, store) = fresh();
    drop(store);
    let path = folder.path().join("countersign.db");
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version=99").unwrap();
    assert!(matches!(Store::open(&path), Err(StoreFault::Newer)));
}
