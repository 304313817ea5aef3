//! The one thread that writes: what waits together is committed together.
//!
//! Each job is a savepoint, so it succeeds or vanishes alone; nobody hears of success before the shared commit is on
//! disk. If that commit fails, every job of the batch failed.

use super::mirror::Mirror;
use super::{StoreFault, Tx};
use countersign_failpoint as failpoint;
use rusqlite::Connection;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// Jobs that may wait; more means that the disk does not keep up, and callers hear `unavailable`.
const QUEUE: usize = 2048;

/// Most jobs in one physical transaction.
const BATCH: usize = 128;

/// Tells the caller how it ended; `true` once the commit is on disk.
type Done = Box<dyn FnOnce(bool) + Send>;
type Job = Box<dyn FnOnce(&Connection) -> Done + Send>;

/// Handle to the thread; it ends when the last handle is dropped.
#[derive(Clone)]
pub(super) struct Writer(Arc<Running>);

struct Running {
    /// Nothing while it is dropped.
    jobs: Option<SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Running {
    /// Waits for the end: whoever closes a database may move its file, and must not find it locked.
    fn drop(&mut self) {
        self.jobs = None;
        // The last handle can be in a job, and no thread waits for itself.
        let other = self.thread.take().filter(|thread| thread.thread().id() != std::thread::current().id());
        if let Some(thread) = other {
            let _ = thread.join();
        }
    }
}

impl Writer {
    pub(super) fn start(connection: Connection, mirror: Option<Mirror>) -> Self {
        let (sender, jobs) = sync_channel(QUEUE);
        // A machine that cannot start one thread at the start of the process cannot run a server.
        let thread = std::thread::Builder::new()
            .name("store".to_owned())
            .spawn(move || serve(&connection, &jobs, mirror))
            .ok();
        Self(Arc::new(Running { jobs: Some(sender), thread }))
    }

    pub(super) async fn run<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreFault> + Send + 'static,
        F: FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let result = in_savepoint(connection, work);
            Box::new(move |committed| {
                let result =
                    if committed || result.is_err() { result } else { Err(StoreFault::NotCommitted.into()) };
                let _ = answer.send(result);
            })
        });
        let sent = self.0.jobs.as_ref().is_some_and(|jobs| jobs.try_send(job).is_ok());
        if !sent {
            return Err(StoreFault::NotCommitted.into());
        }
        answered.await.unwrap_or_else(|_| Err(StoreFault::NotCommitted.into()))
    }
}

fn serve(connection: &Connection, jobs: &Receiver<Job>, mut mirror: Option<Mirror>) {
    while let Ok(first) = jobs.recv() {
        if let Err(fault) = connection.execute_batch("BEGIN IMMEDIATE") {
            // Locked by another process or out of disk: the job runs without a transaction to roll back and fails.
            tracing::error!(%fault, "database cannot be written");
            refuse(jobs, first, connection);
            continue;
        }
        let done = run_batch(connection, jobs, first);
        failpoint::reached("server/store/before-commit");
        let committed = connection.execute_batch("COMMIT");
        failpoint::reached("server/store/after-commit");
        if let Err(fault) = &committed {
            tracing::error!(%fault, "database did not commit");
            let _ = connection.execute_batch("ROLLBACK");
        }
        // Before anybody hears of it: a removal that was told must survive the database.
        if let Some(mirror) = mirror.as_mut().filter(|_| committed.is_ok()) {
            mirror.follow(connection);
        }
        failpoint::reached("server/store/after-audit");
        for done in done {
            done(committed.is_ok());
        }
    }
}

fn run_batch(connection: &Connection, jobs: &Receiver<Job>, first: Job) -> Vec<Done> {
    let mut done = vec![first(connection)];
    while done.len() < BATCH {
        // SQLite ends the whole transaction by itself on some errors; what was done so far is gone, COMMIT will fail.
        if connection.is_autocommit() {
            break;
        }
        match jobs.try_recv() {
            Ok(job) => done.push(job(connection)),
            Err(_) => break,
        }
    }
    done
}

/// Fails what is waiting, without touching the database: a job outside a transaction refuses by itself. What comes once
/// somebody has heard of it is tried again.
fn refuse(jobs: &Receiver<Job>, first: Job, connection: &Connection) {
    let waiting: Vec<Job> = std::iter::once(first).chain(jobs.try_iter()).collect();
    for job in waiting {
        job(connection)(false);
    }
}

fn in_savepoint<T, E: From<StoreFault>>(
    connection: &Connection,
    work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    if connection.is_autocommit() {
        return Err(StoreFault::NotCommitted.into());
    }
    let run = |sql: &str| -> Result<(), StoreFault> {
        connection.prepare_cached(sql)?.execute([])?;
        Ok(())
    };
    run("SAVEPOINT job")?;
    // A panic in one job must neither end the thread nor leave half of its work in the batch.
    let result = catch_unwind(AssertUnwindSafe(|| work(&Tx(connection))))
        .unwrap_or_else(|_| Err(StoreFault::NotCommitted.into()));
    if result.is_err() && !connection.is_autocommit() {
        run("ROLLBACK TO job")?;
    }
    if !connection.is_autocommit() {
        run("RELEASE job")?;
    }
    result
}
