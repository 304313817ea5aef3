//! The key store behind a worker thread: one operation at a time, with an end to waiting (protocol 2.3).
//!
//! A foreign key store may throw, panic or hang. Each of these becomes an error here; what was asked for is then not
//! done, so nothing is sent and no try is used up (2.2.2, N138).

use crate::port::{AppStatement, CreatedKey, KeyCaps, KeyStore, KeyStoreError, KeyUsage};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;
use zeroize::Zeroizing;

/// Tries of an operation that fails for now: the first and two more.
const TRIES: u32 = 3;

type Job = Box<dyn FnOnce(&dyn KeyStore) + Send>;

/// The key store, called from its own thread.
pub(crate) struct Keyring {
    jobs: Sender<Job>,
    patience: Duration,
}

impl Keyring {
    /// Starts the worker. It ends when this is dropped and its last operation is over.
    pub(crate) fn new(keys: Arc<dyn KeyStore>, patience: Duration) -> Self {
        let (jobs, waiting) = channel();
        thread::spawn(move || work(&*keys, &waiting));
        Self { jobs, patience }
    }

    /// What the key store can do.
    pub(crate) fn capabilities(&self) -> Result<KeyCaps, KeyStoreError> {
        self.call(|keys| keys.capabilities())
    }

    /// Makes a key.
    pub(crate) fn create(
        &self,
        alias: String,
        usage: KeyUsage,
        challenge: Option<[u8; 32]>,
    ) -> Result<CreatedKey, KeyStoreError> {
        self.call(move |keys| keys.create(&alias, usage, challenge.as_ref().map(<[u8; 32]>::as_slice)))
    }

    /// Asks for a statement of App Attest.
    pub(crate) fn app_statement(&self, client_data: [u8; 32]) -> Result<AppStatement, KeyStoreError> {
        self.call(move |keys| keys.app_statement(&client_data))
    }

    /// Signs a message.
    pub(crate) fn sign(&self, alias: &str, message: &[u8]) -> Result<Vec<u8>, KeyStoreError> {
        let (alias, message) = (alias.to_owned(), message.to_vec());
        self.call(move |keys| keys.sign(&alias, &message))
    }

    /// Asks the PRF.
    pub(crate) fn prf(&self, alias: &str, x: &[u8; 32]) -> Result<Zeroizing<[u8; 32]>, KeyStoreError> {
        let (alias, x) = (alias.to_owned(), Zeroizing::new(*x));
        self.call(move |keys| keys.prf(&alias, &x))
    }

    /// Seals the vault key.
    pub(crate) fn wrap(&self, plain: Zeroizing<Vec<u8>>) -> Result<Vec<u8>, KeyStoreError> {
        self.call(move |keys| keys.wrap(&plain))
    }

    /// Opens the vault key.
    pub(crate) fn unwrap(&self, wrapped: Vec<u8>) -> Result<Zeroizing<Vec<u8>>, KeyStoreError> {
        self.call(move |keys| keys.unwrap(&wrapped))
    }

    /// Deletes a key.
    pub(crate) fn delete(&self, alias: String) -> Result<(), KeyStoreError> {
        self.call(move |keys| keys.delete(&alias))
    }

    /// All aliases.
    pub(crate) fn list(&self) -> Result<Vec<String>, KeyStoreError> {
        self.call(|keys| keys.list())
    }

    fn call<T: Send + 'static>(
        &self,
        operation: impl Fn(&dyn KeyStore) -> Result<T, KeyStoreError> + Send + 'static,
    ) -> Result<T, KeyStoreError> {
        let (answer, result) = channel();
        let job: Job = Box::new(move |keys| {
            // Nobody may be waiting any more.
            let _ = answer.send(tried(keys, &operation));
        });
        self.jobs.send(job).map_err(|_| KeyStoreError::Unexpected)?;
        result.recv_timeout(self.patience).unwrap_or(Err(KeyStoreError::TimedOut))
    }
}

fn work(keys: &dyn KeyStore, jobs: &Receiver<Job>) {
    while let Ok(job) = jobs.recv() {
        job(keys);
    }
}

fn tried<T>(
    keys: &dyn KeyStore,
    operation: &impl Fn(&dyn KeyStore) -> Result<T, KeyStoreError>,
) -> Result<T, KeyStoreError> {
    let mut last = Err(KeyStoreError::Transient);
    for _ in 0..TRIES {
        last = catch_unwind(AssertUnwindSafe(|| operation(keys))).unwrap_or(Err(KeyStoreError::Unexpected));
        if !matches!(last, Err(KeyStoreError::Transient)) {
            break;
        }
    }
    last
}
